"""Names that stand instead of people's own: common, of no one in particular, and none of them a word of every day."""

_NEUTRAL = """
Addison Alden Amari Arden Ari Ariel Ashton Aubrey Avery Bailey Beck Bellamy Blair Blake Bowie Briar Callan Cameron
Campbell Casey Charley Collins Cory Dallas Darcy Devin Dorian Dylan Eden Elliot Ellery Ellis Emerson Emery Evren
Finley Frankie Gentry Greer Hadley Harley Harper Haven Hayden Hollis Indigo Jaden Jody Jordan Jules Kai Keegan Kelby
Kendall Kerry Kit Landry Laken Lennon Lennox Loren Lorne Lyric Marley Marlow Merrill Micah Milan Monroe Morgan Murphy
Nico Noel Oakley Palmer Perry Peyton Presley Quincy Quinn Ramsey Reese Regan Remi Remy Riley Rory Rowan Royce Rylan
Sasha Sawyer Selby Shea Shiloh Sidney Skyler Sloan Spencer Sutton Tatum Teagan Toby Tory Tristan Umber Val Vesper
Wallis Wynn
"""
_FEMININE = """
Adele Ardith Belinda Bettina Bridget Camille Candace Celia Clarissa Corinne Daphne Delia Delphine Edie Elise Eloise
Elsie Estelle Eugenia Faye Fern Fiona Flora Georgette Gilda Greta Gretchen Hazel Henrietta Hilda Imogen Ingrid Iva
Jocelyn Justine Kirsten Lavinia Leona Lenore Lorelei Lorna Lucinda Lydia Mabel Maeve Marcella Margot Marian Maude
Mavis Minerva Mona Nadine Nell Odette Opal Ottilie Petra Phoebe Portia Ramona Roberta Romy Rosalyn Rowena Saskia Selma
Sybil Tabitha Thea Tilda Trudy Vera Verity Viola Winona Yvonne Zelda Zelma
"""
_MASCULINE = """
Abbott Alistair Ambrose Amos Anson Archer Asa Barnaby Barrett Basil Boyd Brant Cedric Clement Clyde Conrad Cyril Damon
Desmond Duncan Edmund Elmer Emmett Ernest Ezra Fergus Floyd Gideon Giles Graham Grady Gordon Griffin Hal Harlan Hiram
Horace Ivan Jasper Jethro Julius Kermit Lars Leander Lionel Lowell Luther Magnus Merle Milo Mortimer Murray Ned
Neville Niles Orson Orville Oswald Percy Quentin Ralston Rex Roscoe Rufus Rupert Silas Sterling Stuart Thaddeus Truman
Ulric Vaughn Virgil Wallace Wendell Wilbur Willis Winston Wyatt
"""
_LAST = """
Abernethy Ackerman Aldridge Alford Ames Ashby Atwell Averill Babcock Bainbridge Barlow Bascom Baxter Beckett
Bellweather Benning Birch Blakely Bolton Bowman Bradshaw Brigham Brockway Burdett Calloway Cantrell Carlisle Carmody
Chadwick Chilton Clifton Coburn Colby Conway Cordell Corwin Cranston Culver Dalton Danforth Darby Denholm Denton
Dillard Dorsey Draper Dunbar Durham Eastman Eckert Eldridge Ellery Elmore Everett Fairbanks Farnham Fenton Fielding
Finch Forsyth Garland Garrison Gentry Gilmore Goddard Grantham Greer Hadley Halstead Hammond Harlow Hartley Haskell
Hathaway Hawthorne Hensley Holbrook Holcomb Holloway Huxley Ingram Irving Jarvis Jennings Kearney Keating Kendrick
Kimball Kirby Lambert Langley Larkin Lathrop Lawton Ledford Leland Lindley Lockhart Lockwood Lowry Maddox Mallory
Marlowe Mayfield Medford Merritt Milford Moreland Musgrove Nash Newell Norwood Oakes Oakley Osborne Overton Packard
Paxton Pemberton Penrose Percival Pickett Prescott Putnam Quimby Radcliffe Ramsey Redmond Renwick Ridley Rockwell
Rollins Roswell Rutledge Sanborn Sewell Shelby Sheffield Shipley Sinclair Stafford Standish Stanton Stockton Sumner
Sutherland Talbot Tarleton Thatcher Thornton Tilden Townsend Trent Tuttle Underhill Upton Vance Varney Wadsworth
Wakefield Walcott Weldon Wexler Whitaker Whitcomb Wickham Winslow Winthrop Wiley Yardley Yates York
"""
_SPANISH_NEUTRAL = """
Abimael Adair Ariel Asís Azael Dariel Denis Eliel Gael Ismael Izel Jael Jaziel Joel Josafat Neftalí Noé Obed Osiel
Ovidio Práxedes Yael Yuriel Zael Zuriel
"""
_SPANISH_FEMININE = """
Adela Amparo Araceli Aurelia Berenice Brígida Casilda Catalina Delfina Edith Elvira Eréndira Eulalia Fabiola Felicitas
Florencia Genoveva Griselda Herminia Hortensia Inés Isaura Jacinta Jimena Leonor Lidia Lucrecia Macaria Magdalena
Matilde Micaela Minerva Nieves Noelia Obdulia Ofelia Olga Petra Rebeca Remedios Rocío Romina Sabina Tomasa Úrsula
Virginia Zulema
"""
_SPANISH_MASCULINE = """
Abelardo Adolfo Agustín Amado Anselmo Armando Aurelio Bartolomé Benito Bernardo Camilo Celestino Cipriano Clemente
Damián Efraín Elías Emiliano Eusebio Evaristo Fabián Facundo Fidel Florentino Genaro Gerardo Germán Gonzalo Heriberto
Hilario Horacio Humberto Isidro Jacinto Joaquín Lázaro Leandro Leopoldo Macario Marcelino Nicanor Nicolás Octavio
Plácido Próspero Raimundo Rómulo Rosendo Rufino Saturnino Teodoro Ulises Valentín Wenceslao Zacarías
"""
_SPANISH_LAST = """
Acosta Aguayo Alarcón Alcázar Almanza Alvarado Amezcua Arceo Arellano Arreola Ayala Balderas Barragán Becerra Bermúdez
Berrios Bustamante Caballero Cabrera Calderón Cárdenas Carranza Casillas Ceballos Cervantes Cisneros Contreras Cordero
Corrales Covarrubias Curiel Dávila Echeverría Elizondo Escobedo Espinosa Estrada Figueroa Galindo Gallegos Gálvez
Gamboa Garibay Godoy Granados Guillén Gurrola Hinojosa Huerta Ibáñez Inzunza Jaramillo Jáuregui Landeros Ledesma
Lozano Lucero Macías Maldonado Márquez Mejía Melgoza Mendoza Meza Mireles Montaño Montes Munguía Murguía Nájera
Navarrete Nieto Noriega Ocampo Ojeda Olvera Orozco Palacios Palomino Pantoja Pedraza Peralta Pineda Quezada Quiroz
Rendón Robles Rosales Saldaña Sandoval Sepúlveda Serrano Solano Tapia Tejeda Treviño Urbina Urrutia Valadez Valdez
Varela Vásquez Velarde Venegas Villalobos Villegas Yáñez Zamora Zepeda Zúñiga
"""
FIRST = {
    ("en", ""): tuple(_NEUTRAL.split()),
    ("en", "f"): tuple(_FEMININE.split()),
    ("en", "m"): tuple(_MASCULINE.split()),
    ("es", ""): tuple(_SPANISH_NEUTRAL.split()),
    ("es", "f"): tuple(_SPANISH_FEMININE.split()),
    ("es", "m"): tuple(_SPANISH_MASCULINE.split()),
}
LAST = {"en": tuple(_LAST.split()), "es": tuple(_SPANISH_LAST.split())}
