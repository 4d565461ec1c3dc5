"""Who exhibits in the demo. All of them are invented.

Two lines each: name, kind, city, country, places of its themes in the edition's list; claim, products.
"""

STANDS = """
Port of Valparaíso | institution | Valparaíso | Chile | 2 5
A port that lets its neighbours sleep | Shore power for ferries; Noise map by the hour
Kerbside Labs | startup | Rotterdam | Netherlands | 2 0
One metre of kerb, six uses a day | Kerb register; Loading bays by booking
City of Tampere | city | Tampere | Finland | 2 3
Trams, and what grew beside them | Open tram data; Street trials kit
Helios Grid | company | Lisbon | Portugal | 1
Neighbourhood grids that pay their owners | Meter for shared roofs; Grid planner
Agua Clara | company | Monterrey | Mexico | 1 6
Find the leak before the street does | Listening sensors; Pressure twin
Pavilion of Catalonia | country | Barcelona | Spain | 5 0
Forty companies under one roof | Meet the forty; Guided tours
Terraza | startup | Girona | Spain | 4 1
Roofs as rooms for everybody | Roof survey; Shade in a day
Nodo Abierto | startup | Sabadell | Spain | 0 3
Open sensors with an owner’s manual | Sensor library; Data contracts
Ministry of Housing, Uruguay | country | Montevideo | Uruguay | 4 6
Homes that co-operatives build | Model contracts; Building manuals
Hartmann Aufzüge | company | Stuttgart | Germany | 6
Lifts that say when they will need you | Retrofit kit; Spare parts by drawing
City of Kumasi | city | Kumasi | Ghana | 5 4
A market with an address for every stall | Stall register; Market buses
Silo Data Trust | institution | Ghent | Belgium | 3 0
Who may read what, on one page | Data charter; Audit in a week
Velvet Signal | startup | Bristol | United Kingdom | 2 7
Crossings that wait for slow walkers | Crossing camera without pictures; Signal timing
Nordlys Sikring | company | Bergen | Norway | 7
Floods told a day ahead | River gauges; Siren by telephone
Universitat del Mar | institution | Tarragona | Spain | 5 1
The sea as a neighbour | Harbour lab; Students for cities
MetroMind | company | Singapore | Singapore | 2 0
Platforms that never crowd | Crowd forecast; Staff rostering
Casa Comuna | institution | Medellín | Colombia | 4
Libraries that stay open at night | Night library; Neighbour council
Polder Works | company | Utrecht | Netherlands | 7 6
Streets that hold the rain | Water square; Permeable paving
Smart Dublin Region | city | Dublin | Ireland | 3 2
Four councils, one procurement | Shared tenders; Test beds
Lumen & Daughters | company | Graz | Austria | 6 1
Light where somebody walks | Lamp by lamp dimming; Night sky permit
Quipu Pay | startup | Cusco | Peru | 2 5
One coin for every bus | Bus wallet; Offline validator
Swiss Pavilion | country | Bern | Switzerland | 0 6
Precise, and happy to explain | Twelve start-ups; Fondue at five
Baobab Mapping | startup | Dakar | Senegal | 0 4
Streets mapped by those who live there | Mapping school; Address plates
TramPoint | company | Wrocław | Poland | 2
Doors that meet the platform | Gap filler; Stop design book
City of Sendai | city | Sendai | Japan | 7 3
What we learned, and how we practise it | Drill handbook; Elder network
Green Belt Trust | institution | Nairobi | Kenya | 1 7
Trees that are counted each year | Tree ledger; Nursery loans
Ostinato Acoustics | startup | Turin | Italy | 4 6
Quieter courtyards by measure | Courtyard audit; Sound garden
Civic Desk | company | Tallinn | Estonia | 3
A form that fills itself in, with your leave | Once-only forms; Consent log
Bund Robotics | company | Shanghai | China | 0 5
Sweepers that know the market days | Street sweeper; Depot in a box
Suzhou Canal Authority | institution | Suzhou | China | 1 5
Barges instead of lorries | Night barges; Canal timetable
Pudong Mobility | company | Shanghai | China | 2
Bicycles where the metro ends | Parking by camera; Repair on the way
Curitiba Bus School | city | Curitiba | Brazil | 2 3
Fifty years of bus lanes, taught in a week | Lane planning course; Station kit
"""

# Under the stands of Hall 2: its walls, the aisles and two doors.
HALL = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20">
<rect x="-0.6" y="-0.6" width="40.4" height="20.4" rx="0.4" stroke="currentColor"/>
<path d="M0 3.5H39M0 7.5H39M0 11.5H39M0 15.5H39" stroke-dasharray="0.4 0.4"/>
<path d="M17 19.8v-1a1.5 1.5 0 0 1 3 0v1" stroke="currentColor"/>
<text x="15.2" y="19" font-size="0.9">Entrance</text>
</svg>"""


def rows() -> list[list[str]]:
    """[name, kind, city, country, themes, claim, products] of each."""
    lines = STANDS.strip().splitlines()
    pairs = zip(lines[::2], lines[1::2], strict=True)
    return [[cell.strip() for cell in f"{head} | {words}".split("|")] for head, words in pairs]
