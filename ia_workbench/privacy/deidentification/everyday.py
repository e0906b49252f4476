"""Words of every day that are parts of names as well: a fixed list, never learned from the texts looked through.

In small letters without accents, as `spelling` folds them, in English and Spanish.
"""

# Words that join others, what people, places, employers and offices are called, and days.
NO_NAMES = """
a about above after again against ago all almost alone along already also although always am among an and another any
anybody anyone anything are around as ask asked at away back be because been before began behind being below best
better between both but by call called came can cannot come could day days did do does doing done down during each
early either else enough even ever every everybody everyone everything few first for from gave get give go gone good
got had half has have having he help her here hers herself him himself his hour hours how however i if in into is it
its itself just keep kept knew know last late later least left less let like little long made make man many may maybe
me mean men might mine month months more most much must my myself need never new next night no nobody none nor not
nothing now of off often old on once one only open or other others ought our ours out over own people per perhaps put
quite rather really right said same saw say says second see seem seen shall she should since so some somebody someone
something soon still such sure take taken tell than that the their theirs them themselves then there these they thing
things think third this those though three through till time times to today told tomorrow too took toward try two
under until up upon us used very want was way we week weeks well went were what when where whether which while who
whole whom whose why will with within without woman women word words work would year years yes yesterday yet you your
yours yourself four five six seven eight nine ten th nd rd al algo alguien alguna alguno alla alli ante antes aqui asi
aun aunque ayer bajo bien cada casi como con contra cosa cual cuando cuanto de del desde despues dia dias donde dos
durante e el ella ellas ellos en entonces entre era eran es esa ese eso esta estaba estan estas este esto estos fue
fueron gente ha habia hace hacia han hasta hay hombre hoy hora horas la las le les lo los luego manana mas menos mes
mi mientras mis mismo mucha mucho mujer muy nada nadie ni nos nosotros nuestra nuestro nunca o os otra otro para pero
persona poco por porque pues que quien quienes se segun semana ser si sin sino sobre solo son su sus tal tambien
tampoco tan tanto te tengo tiene tiempo toda todas todavia todo todos tras tres tu un una uno unos usted ustedes va
van vez veces von y ya yo mr mrs ms miss mx dr doctor doctora judge officer mister sr sra srta senor senora senorita
don dona attorney lawyer caseworker worker supervisor director advocate counsel guardian sheriff deputy police nurse
teacher coach pastor reverend father mother mom mommy dad daddy mama papa parent parents sons daughter daughters
brother brothers sister sisters aunt auntie uncle grandma grandmother grandpa grandfather granny cousin baby child
children kid kids boy girl foster youth family families friend neighbor case cases hearing visit visits report form
plan home court abogado abogada licenciado licenciada juez jueza trabajador trabajadora supervisora padre madre hijo
hija hermano hermana tio tia abuelo abuela primo prima nino nina ninos bebe familia amigo amiga caso audiencia visita
informe tribunal street st avenue ave road boulevard blvd lane ln drive ct place highway hwy route corner apartment
apt building county city town village park river creek lake ocean beach hill hills mountain valley forest field north
south east west northern southern eastern western central upper lower downtown san santa santo saint school elementary
middle high college university academy church chapel temple center centre clinic hospital house motel hotel shelter
office offices agency agencies department division unit bureau board council commission association foundation project
program programs institute bank library station hall company co inc llc corporation packing market store shop
restaurant cafe laundry laundromat cleaning cleaners services service storage warehouse factory freight transport tire
tires auto repair supply foods food farm farms barn state states national federal public community health human
welfare protection protective care legal aid calle avenida camino carretera condado ciudad pueblo barrio parque rio
lago playa monte cerro norte sur oeste escuela colegio universidad iglesia centro clinica casa albergue oficina
agencia departamento programa empresa tienda mercado lavanderia limpieza servicio servicios estado salud comunidad
monday tuesday wednesday thursday friday saturday sunday january february march april june july august september
october november december lunes martes miercoles jueves viernes sabado domingo enero febrero marzo abril mayo junio
julio agosto septiembre octubre noviembre diciembre quote note number end missed list start speaker show contact role
set slots slot numbers held source stance staff shift shifts reason reasons referral count counts evening goes
placement eleven phone support supports screen minutes move moved date request requested mask confirmed returned
returns money bus clock rooms room replacements line meeting meetings template paper papers box job translation wait
lead travel read reads reading weekend order interview side monthly change changed happens schedule scheduled
scheduling scheduler laughs working provider body text pause address desk going twelve twenty thirty forty fifty
hundred thirteen fourteen fifteen sent language file filed lever log logs ride strengths corte system morning leave
lady deadlines deadline kind review look looks looked looking entered part letter card counter lobby written write
writing wrote residence sign trabajo team car talk sit sat standing find finding found search petition level numero
intake cause access ends door section matters table paraphrase lost lose interpreter learned name names assumptions
stop send inside outside approval approved heard hear wanted received twice produced paid answer dijo dice copy
formulario study use decision record recorded notes daytime step release lista hold rule overtime getting wrong single
camioneta period type training met pass entry impact resolution act action site kin group employer asking tarde empty
portal low client chart proof cost thought notice caseload sheet turns turned required explanation owner practice code
noon calling different pick signature fall choose remember drop calendar facilitator blank needed complete contacts
picture limited brought pregunto shows asleep nice lot measured afternoon tonight weekday daily weekly yearly hello
dear please thanks thank sorry okay signed supervised unsupervised reunification removal custody safety risk
assessment investigation allegation abuse neglect hotline drug drugs test tests treatment therapy therapist counseling
counselor psychologist psychiatrist bedroom kitchen landlord rent lease eviction manager boss clerk secretary
receptionist driver cashier assistant specialist coordinator administrator analyst investigator bailiff prosecutor
magistrate commissioner policy policies rules law laws statute chapter manual handbook telefono carta nombre dinero
autobus camion carro cuarto puerta mesa firma fecha manera ayuda gracias tardes noches medico medica enfermera maestra
maestro abogados jefe jefa dueno duena casero renta trabajadores directora interprete consejera terapeuta politica ley
reglamento reunion visitas horario turno cita citas
"""
# Names where they have a capital.
NAMES_AS_WELL = """
angel art baker bell bill bishop black blue bond bright brook brown buck burns bush butler carter chance chase
christian clay clean cold cook cooper cross crystal dale dawn dean drew earl english faith fields fisher flowers ford
forward fox frank gardener garden glen grace grant gray green grey grove guy hand hardy harmony harbor heath honor
hope hunt hunter ivy jack jasmine jean jersey joy justice key king kitty knight lance landing laurel lily linden major
mark marsh mason mercy mike miles mill miller moon moss nick norm noble oak olive orchard page paige parker pat
patience peace pearl penny pepper pete piece pink pond poor potter power price pride prince prudence queen ray reed
rich rings rivers rob robin rock rod rose ruby rush sage sand sandy savage save sharp shepherd singer skip sky smith
snow song spin spring star stepping stone strong sue summer swan sweet tailor taylor tanner terry thorn trinity tucker
turner victor walker wall ward warren water waters weaver white wise wolf wood woods worth young alder garnet quarry
depot ferry covenant donut big alba alegre amor angeles blanca blanco bravo campo campos castillo cielo clara claro
cruz delgada delgado dolores esperanza estrella flor flores franco fuente fuentes gracia guerra guerrero hermosa leal
leon linda lindo luna luz mar mora moreno noche paz pena pilar pinto puente rey reyes rojo rojas rosa rosario rubio
salvador sierra sol soledad torre torres valle vega verde victoria villa vino
"""
NEVER_ALONE = frozenset(NO_NAMES.split())
WITH_A_CAPITAL = frozenset(NAMES_AS_WELL.split())
