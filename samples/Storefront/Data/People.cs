namespace Storefront.Data;

/// <summary>What the shop's customers are called, and where they live.</summary>
internal static class People
{
    public static readonly string[] FirstNames =
    [
        "Ada", "Agnes", "Alba", "Amara", "Anders", "Anouk", "Ben", "Bruno", "Camille", "Carla", "Chiara", "Clara", "Daniel", "David", "Elena",
        "Elif", "Emil", "Emma", "Erik", "Eva", "Felix", "Finn", "Frida", "Greta", "Hanna", "Hugo", "Ida", "Ines", "Ivan", "Jakob",
        "Jana", "José", "Julia", "Kaya", "Klara", "Lars", "Laura", "Lea", "Leo", "Lina", "Luca", "Lucía", "Maja", "Marek", "Marta",
        "Mateo", "Mia", "Milan", "Nadia", "Nina", "Noah", "Nora", "Olga", "Oscar", "Paula", "Pavel", "René", "Rosa", "Sara", "Selma",
        "Sofia", "Sven", "Teo", "Tomás", "Ulla", "Vera", "Viktor", "Yara", "Zoë", "Zuzana",
    ];

    public static readonly string[] LastNames =
    [
        "Almeida", "Andersen", "Bauer", "Becker", "Berg", "Bianchi", "Blanc", "Carlsson", "Castro", "Conti", "Costa", "Dahl", "Dubois", "Duarte",
        "Eriksen", "Fabre", "Ferrari", "Fischer", "Fontaine", "Garcia", "Girard", "Gomes", "Greco", "Haas", "Hansen", "Herrera", "Hoffmann",
        "Horvath", "Ivanova", "Jansen", "Janssens", "Kaya", "Keller", "Kovac", "Kowalska", "Kruger", "Lambert", "Lange", "Laurent", "Lindberg",
        "Lopez", "Marino", "Martin", "Meier", "Mendes", "Molina", "Moreau", "Müller", "Navarro", "Nielsen", "Novak", "Olsen", "Ortega",
        "Peeters", "Pereira", "Petersen", "Popescu", "Ricci", "Rossi", "Roux", "Santos", "Schmidt", "Silva", "Sorensen", "Svoboda",
        "Torres", "Vidal", "Vogel", "Weber", "Wolff",
    ];

    public static readonly string[] Cities =
    [
        "Amsterdam", "Antwerp", "Athens", "Barcelona", "Basel", "Berlin", "Bologna", "Bordeaux", "Brno", "Bucharest", "Copenhagen", "Dublin",
        "Florence", "Geneva", "Ghent", "Gothenburg", "Graz", "Hamburg", "Helsinki", "Kraków", "Leipzig", "Lisbon", "Ljubljana", "Lyon", "Malmö",
        "Milan", "Munich", "Nantes", "Oslo", "Porto", "Prague", "Rotterdam", "Seville", "Tallinn", "Turin", "Utrecht", "Valencia", "Vienna",
        "Vilnius", "Zürich",
    ];

    public static readonly string[] Languages = ["en", "de", "fr", "es", "it", "pt", "nl", "pl", "sv", "cs"];
}
