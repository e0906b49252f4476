"""First names that people in the United States commonly bear, and what they are called for short: our own short lists.

Names that are words as well (Joy, Will, Rosa) are told by what stands around them.
In small letters without accents, as `spelling` folds them.
"""

from functools import cache

_GROUPS = """
abigail abby gail; abraham abe; albert al bert; alexander alex alec xander sandy; alexandra alex lexi sandra sasha;
alfred al fred alfie; alice ali; allison allie ally; amanda mandy; amelia amy millie; andrea andi; andrew andy drew;
angela angie; anna annie ann; anthony tony; antoinette toni; arthur art artie; ashley ash; barbara barb babs barbie;
benjamin ben benny benji; bernard bernie; bethany beth; bradley brad; brandon bran; brenda bren; brittany britt;
caroline carrie caro; cassandra cass cassie; catherine cathy katie kate kitty; katherine kathy katie kate kat kathryn;
charles charlie chuck chas; charlotte charlie lottie; christina tina chris chrissy; christine tina chris chrissy;
christopher chris topher; clifford cliff; cynthia cindy; daniel dan danny; danielle dani; david dave davey; deborah
deb debbie debra; delores dee; dennis denny; dominic dom nick; donald don donnie; dorothy dot dottie dolly; douglas
doug; edward ed eddie ted teddy ned; eleanor ellie nell nora; elizabeth liz lizzie beth betty eliza libby betsy; emily
em emmy; eugene gene; evelyn evie; florence flo; frances fran frannie; francis frank; franklin frank; frederick fred
freddy; gabriel gabe; gabriella gabby; george georgie; gerald gerry jerry; geraldine geri; gregory greg; gwendolyn
gwen; harold harry hal; harriet hattie; heather heath; helen nell nellie; henry hank harry; isaac ike; isabella bella
izzy isabel; jacob jake; jacqueline jackie; james jim jimmy jamie; jane janie; janet jan; jason jay; jeffrey jeff;
jennifer jen jenny jenn; jeremiah jerry; jeremy jem; jessica jess jessie; joanna jo; john johnny jack jon; jonathan
jon jonny nathan; joseph joe joey; josephine jo josie; joshua josh; joyce joy; judith judy; julia julie jules; justin
jus; karen kari; kenneth ken kenny; kimberly kim kimmy; kristina kris tina; kristen kris; lakeisha keisha; latasha
tasha; latoya toya; lawrence larry; leonard leo len lenny; leroy roy; lillian lily lil; linda lindy; louis lou louie;
lucille lucy; madeline maddie; margaret maggie meg peggy marge margie greta; maria mari; marilyn mary; martha marty;
martin marty; matthew matt matty; maureen mo; maxwell max; megan meg; melissa missy mel lissa; melanie mel; michael
mike mikey mick; michelle shelly; mildred millie; mitchell mitch; nancy nan; natalie nat; natasha tasha; nathaniel
nate nathan; nicholas nick nicky; nicole nikki nicky; olivia liv livvy; pamela pam pammy; patricia pat patty tricia
trish; patrick pat paddy; peter pete; philip phil; phillip phil; priscilla cilla; rachel rach; randall randy; raymond
ray; rebecca becky becca; reginald reggie; richard rick ricky dick rich richie; robert bob bobby rob robbie; roberta
bobbie; rodney rod; roger rog; ronald ron ronnie; rosemary rosie; russell russ; samantha sam sammy; samuel sam sammy;
sarah sally sadie; shanice niecy; sharon shari; shawn shawnie; sheila shei; stephanie steph; stephen steve stevie;
steven steve stevie; susan sue susie suzy; suzanne sue suzy; sylvia syl; tabitha tabby; tamara tammy; teresa terry
tess tessa; theresa terry tess tessa; terrence terry; thaddeus tad; theodore ted teddy theo; thomas tom tommy; timothy
tim timmy; tiffany tiff; valerie val; vanessa nessa; veronica roni; victor vic; victoria vicky tori; vincent vince
vinny; virginia ginny; walter walt; wendell dell; wesley wes; william will bill billy willie liam; winifred winnie;
zachary zach zack; alejandra ale; alejandro ale; alfonso poncho; alicia licha; antonia tona; antonio tono; beatriz
bety; carolina caro; concepcion concha conchita; consuelo chelo; cristina cris; dolores lola; eduardo lalo; enrique
quique; ernesto neto; esperanza espe lancha; fernando nando; francisca paca paquita; francisco paco pancho kiko;
gabriela gaby; graciela chela; gregorio goyo; guadalupe lupe lupita; guillermo memo; ignacio nacho; isabel chabela
isa; jesus chuy chucho; jorge coque; jose pepe chepe; josefa pepa; josefina pina; juan juancho juanito; juana juanita;
leticia lety; luis lucho; luisa lucha; manuel manolo manny; manuela mela; margarita mago; maria mari maruja; mercedes
meche; miguel migue; montserrat montse; octavio tavo; pedro perico; pilar pili; rafael rafa; ramon moncho; refugio
cuca; ricardo richi; roberto beto; rogelio roge; rosario chayo; salvador chava; santiago santi chago; sebastian sebas;
sergio checo; socorro coco; soledad chole; susana susi; teresa tere; tomas tomy; veronica vero; vicente chente;
yolanda yoli
"""
_MORE = """
aaliyah aaron adam adriana agnes aisha alan alberto alma alvin amara amina amir ana andre andres angelica anita april
ariana armando arturo aurora barry beatrice becky bella benita bernice bertha beverly blanca bonnie brad brendan brian
bruce bryan byron calvin camila carla carlos carmen carol cecilia cedric celeste cesar chad chantel chelsea chidi
cindy claire clarence claudia clifton colleen connie corey craig crystal curtis dakota damian dana danny darlene
darnell darren darryl dave debbie deandre denise derek derrick devon diana diane diego doris dustin dwayne earl ebony
eddie edgar edith edna eduardo edwin eileen elaine elena eli elias elijah ella ellen elena emilio emma emmanuel
enrique eric erica erik erin esteban estela esther ethan ethel eva evan fatima felicia felipe felix fernanda gabriel
gail garrett gary gilbert gina gladys glenda glenn gloria gordon grace graham guillermo gustavo hannah hassan hector
heidi herbert howard hugo ian ibrahim ida imani irene iris irma isaiah ivan jada jaime jamal jamila jared jasmine
javier jeanette jeanne jenna jerome jesse jillian joaquin joan joanne jodi joel jordan jorge julian juanita julio
kareem karla kayla keith kelly kelsey kendra kevin khadija kiara kirk krystal kurt kyle lamar lance latisha latrice
laura lauren leah leon leslie leticia lindsay lisa lloyd logan lois lorena lori lorraine lucas lucia lucy luke luz
lydia lynn mabel malcolm malik marcia marco marcos marcus margarita marguerite marisol marissa marjorie marlene marlon
marsha marvin mateo maurice mauricio maya melvin mercedes meredith micah miguel milton miriam misty mohamed mohammed
moises molly monica monique muhammad muriel myra nadia naomi nathan neil nelson nina noah noel noemi norma norman
odessa oliver omar oscar otis owen pablo paige paula paul paulina pauline pearl pedro perla phyllis precious preston
quentin quinton rafael ralph ramiro ramon ramona raquel raul regina rene renee rhonda rita roberto robin rochelle
rodolfo rodrigo roland roman rosalind rosalie rosemary roxanne ruben rudy ruth ryan salvador sandra santiago saul sean
selena serena sergio seth shana shane shannon sharonda shaniqua shayla shelby sheldon sheree sherri sherry shirley
sidney sierra simon sofia sonia sonya sophia stacey stacy stella stuart tamika tanisha tanya tara tariq tasha taylor
teri tevin thelma tia tina todd tonya tracy travis trevor tyler tyrone ursula valentina vera vernon vicki vivian wanda
warren wayne wendy whitney willard xavier ximena yasmin yesenia yolanda yvette yvonne zainab zoe zora
"""


@cache
def short_forms() -> dict[str, frozenset[str]]:
    """Return each first name with all that people of this name are called: `robert` gives `bob` and the other way."""
    found: dict[str, set[str]] = {}
    for group in _GROUPS.split(";"):
        long, *short = group.split()
        found.setdefault(long, set()).update(short)
        for each in short:  # Bob is Robert; two short forms of it are the same person, too
            found.setdefault(each, set()).update({long, *short} - {each})
    return {name: frozenset(others - {name}) for name, others in found.items()}


FIRST_NAMES = frozenset(_MORE.split()) | frozenset(_GROUPS.replace(";", " ").split())
