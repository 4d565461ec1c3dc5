"""What the demo congress is made of. People and talks are invented."""

CITIES = {  # slug: name, country, time zone, stages
    "barcelona": ("Barcelona", "Spain", "Europe/Madrid", ["Agora", "Plaza", "Forum", "Workshop Lab"]),
    "shanghai": ("Shanghai", "China", "Asia/Shanghai", ["Bund Hall", "Pudong Studio"]),
    "curitiba": ("Curitiba", "Brazil", "America/Sao_Paulo", ["Ópera de Arame", "Jardim Hub"]),
}
STRANDS = {
    "smart-city-expo": "Smart City Expo",
    "tomorrow-mobility": "Tomorrow.Mobility",
    "tomorrow-building": "Tomorrow.Building",
    "tomorrow-blue-economy": "Tomorrow.Blue Economy",
    "side-events": "Side events",
}
THEMES = {  # slug: name, hue, strand of most of its sessions, what its abstracts end with
    "enabling-technologies": (
        "Enabling technologies",
        255,
        "smart-city-expo",
        "We look at what is in use today, what it costs to keep, and who can read the data.",
    ),
    "energy-environment": (
        "Energy and environment",
        150,
        "smart-city-expo",
        "Figures from three winters, the mistakes included, and the contracts that made it possible.",
    ),
    "mobility": (
        "Mobility",
        30,
        "tomorrow-mobility",
        "With counts before and after, and the people who use the street every day.",
    ),
    "governance": (
        "Governance",
        285,
        "smart-city-expo",
        "A conversation about trust, procurement and saying no.",
    ),
    "living-inclusion": (
        "Living and inclusion",
        345,
        "smart-city-expo",
        "Residents speak first; the city answers.",
    ),
    "industry-economy": (
        "Industry and economy",
        75,
        "tomorrow-blue-economy",
        "What worked for a port, a market hall and a neighbourhood of workshops.",
    ),
    "infrastructure-building": (
        "Infrastructure and building",
        210,
        "tomorrow-building",
        "Drawings, carbon budgets and the view of the people who maintain it.",
    ),
    "safety-resilience": (
        "Safety and resilience",
        15,
        "smart-city-expo",
        "Told by those who were on duty that night.",
    ),
}

# name, role, organisation, city, country
SPEAKERS = [
    ("Li Ming 李明", "Director of Urban Data", "Shanghai Urban Lab", "Shanghai", "China"),
    ("Aina Puigdomènech", "Chief Architect", "Barcelona Regional Studio", "Barcelona", "Spain"),
    ("Thabo Mokoena", "Head of Water", "City of Tshwane", "Pretoria", "South Africa"),
    ("Beatriz Amaral", "Mobility Planner", "IPPUC Lab", "Curitiba", "Brazil"),
    ("Yuki Tanabe 田辺ゆき", "Resilience Officer", "City of Sendai", "Sendai", "Japan"),
    ("Fatima Al-Sulaiti فاطمة السليطي", "Programme Lead", "Doha Districts", "Doha", "Qatar"),
    ("Marek Nowicki", "Energy Manager", "City of Gdynia", "Gdynia", "Poland"),
    ("Rosa Ixchel Canul", "Community Organiser", "Red de Barrios", "Puebla", "Mexico"),
    ("Ingrid Solheim", "Harbour Master", "Port of Bergen", "Bergen", "Norway"),
    ("Kwabena Osei", "Founder", "OpenTransit Accra", "Accra", "Ghana"),
    ("Zhang Wei 张伟", "Transit Engineer", "Changsha Metro Institute", "Changsha", "China"),
    ("Priya Raghunathan", "Commissioner", "City of Kochi", "Kochi", "India"),
    ("Tomás Echeverri", "Deputy Mayor", "City of Medellín", "Medellín", "Colombia"),
    ("Hannah Weiss", "Data Steward", "City of Vienna", "Vienna", "Austria"),
    ("Olena Kovalchuk", "Recovery Architect", "Lviv Rebuild", "Lviv", "Ukraine"),
    ("Jamal Whitfield", "Budget Director", "City of Baltimore", "Baltimore", "United States"),
    ("Sofia Lindgren", "Circular Building Lead", "City of Malmö", "Malmö", "Sweden"),
    ("Nguyễn Thị Lan", "Flood Engineer", "Da Nang Water", "Da Nang", "Vietnam"),
    ("Matteo Ferraris", "Professor of Urban Law", "University of Turin", "Turin", "Italy"),
    ("Amina Haddad أمينة حداد", "Housing Economist", "Maghreb Cities Network", "Tunis", "Tunisia"),
    ("Grace Tipene", "Elder and Planner", "Te Waka Kāinga", "Auckland", "New Zealand"),
    ("Lucas Ferreira", "Bus System Director", "Rede Integrada", "Curitiba", "Brazil"),
    ("Chen Xiaoyu 陈晓雨", "Grid Designer", "Pudong Energy", "Shanghai", "China"),
    ("Eleni Papadaki", "Heat Officer", "City of Heraklion", "Heraklion", "Greece"),
    ("Daniel Okonjo", "Market Manager", "Lagos Market Trust", "Lagos", "Nigeria"),
    ("Marta Vidal", "Librarian", "Libraries of Barcelona", "Barcelona", "Spain"),
    ("Sanjar Yusupov", "Transport Modeller", "Tashkent Lines", "Tashkent", "Uzbekistan"),
    ("Claire Dumont", "Night Mayor", "City of Nantes", "Nantes", "France"),
    ("Isabela Prado", "Street Vendor and Councillor", "Feira Livre", "São Paulo", "Brazil"),
    ("Peter Hofstra", "Bridge Engineer", "City of Groningen", "Groningen", "Netherlands"),
]

# theme, title, first sentence of the abstract
TALKS = [
    ("mobility", "Streets for people, not for parking", "Four superblocks in, what changed at the corner shop."),
    ("enabling-technologies", "The city that can explain its algorithms", "A public register, read by the public."),
    ("energy-environment", "A grid that listens to the neighbourhood", "Batteries, laundries and one shared meter."),
    (
        "mobility",
        "The bus is the metro: fifty years of a red line",
        "How a bus system stays fast when the city doubles.",
    ),
    ("governance", "Who owns the sidewalk?", "A sensor, a scooter and a sovereign public realm."),
    ("living-inclusion", "A house above the library", "Homes for older people where the books are."),
    ("safety-resilience", "The night the river came", "Forty minutes of warning and what they were worth."),
    ("infrastructure-building", "Schools of wood, ready in August", "Prefabricated, repairable and loved."),
    ("industry-economy", "The port as a neighbour", "Shore power, quiet cranes and a new promenade."),
    ("enabling-technologies", "One address for every service", "An identity that works without a phone."),
    ("governance", "Budgets that people can read", "Participation that survives an election."),
    ("energy-environment", "Shade is infrastructure", "Planting for the hottest day in thirty years."),
    ("living-inclusion", "The ten-minute clinic", "Health close to home, also at night."),
    ("infrastructure-building", "Bridges that report their own cracks", "Cheap sensors on expensive steel."),
    ("mobility", "Night buses and the women who drive them", "Safety designed by the people on shift."),
    ("safety-resilience", "When the network fails", "Radio, paper and neighbours."),
    ("industry-economy", "Markets that never close", "Digital stalls for street vendors."),
    ("enabling-technologies", "A twin for every tree", "Models that gardeners use."),
    ("governance", "Buying less, sharing more", "Four cities, one tender."),
    ("energy-environment", "Water twice", "Reuse from roof to river."),
    ("living-inclusion", "Signs for everyone", "Wayfinding by and for people who cannot see."),
    ("mobility", "Freight on the last canal", "Parcels by boat, again."),
    ("infrastructure-building", "The second life of a stadium", "From four weeks of games to forty years of homes."),
    ("safety-resilience", "Heat officers of the world", "The newest job in city hall."),
    ("industry-economy", "The repair economy", "Two hundred workshops and a warranty."),
    ("enabling-technologies", "Open standards or open wounds", "What vendors do not say about migration."),
    ("governance", "The right to be offline", "Counters, clerks and dignity."),
    ("energy-environment", "Cooking without smoke", "One million stoves later."),
    ("living-inclusion", "Children as planners", "Their map of the city, built."),
    ("mobility", "Cable cars and kindergartens", "Mobility that goes up the hill."),
    ("safety-resilience", "Rebuilding while the sirens sound", "Plans that move with the people."),
    ("infrastructure-building", "Under the pavement", "One tunnel for every pipe."),
]
AGAIN = {  # what the second half of the programme is: the same subjects, worked on
    "en": ("Workshop", "Workshop: {}", "Bring a case from your own city; leave with a first plan."),
}
PEOPLE = {  # key: name, e-mail, organisation, city, country, role of the edition
    "amara": ("Amara Okafor", "amara@example.org", "Lagos Market Trust", "Lagos", "Nigeria", "attendee"),
    "jonas": ("Jonas Lindqvist", "jonas@example.org", "City of Malmö", "Malmö", "Sweden", "attendee"),
    "nuria": ("Núria Serra", "nuria@example.org", "Congress team", "Barcelona", "Spain", "moderator"),
    "li": ("Li Ming 李明", "li@example.org", "Shanghai Urban Lab", "Shanghai", "China", "attendee"),
    "helena": ("Helena Prado", "helena@example.org", "Congress team", "Barcelona", "Spain", "organiser"),
}
HELP = (
    "In the hall, ask at the desk beside the entrance. From afar, write to help@example.org: somebody answers while"
    " sessions are on.\n\nNo sound? The stream starts muted: press “Tap for sound”."
)
CONDUCT = (
    "Everybody is welcome here. Speak to others as you would in the hall; disagree with what is said, not with who"
    " says it.\n\nNo harassment, no advertising, no pictures of others without their word. Moderators remove what"
    " breaks this, and may end somebody’s part in the congress."
)
