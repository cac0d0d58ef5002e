namespace Storefront.Data;

/// <summary>What the shop sells.</summary>
internal static class Shelves
{
    private static readonly string[] Metals = ["brushed steel", "matt black", "copper", "brass", "white enamel"];
    private static readonly string[] Woods = ["oak", "walnut", "beech", "ash", "olive wood"];
    private static readonly string[] Glazes = ["sand", "moss", "ink blue", "chalk", "terracotta"];
    private static readonly string[] Fabrics = ["natural", "charcoal", "rust", "sage", "midnight"];

    public static IReadOnlyList<Shelf> All { get; } =
    [
        new("Kitchen", "Coffee and tea", "COF",
            [("Pour-over kettle", 49, 89), ("Moka pot", 29, 45), ("Tea caddy", 14, 24), ("Milk jug", 18, 32), ("Coffee scoop", 8, 15)],
            Metals, ["coffee", "gift"]),
        new("Kitchen", "Cookware", "COO",
            [("Sauté pan", 59, 119), ("Stockpot", 69, 139), ("Saucepan", 39, 79), ("Roasting tin", 29, 59), ("Steamer insert", 19, 35)],
            Metals, ["induction"]),
        new("Kitchen", "Boards and knives", "BRD",
            [("Chopping board", 25, 69), ("Bread board", 29, 59), ("Knife block", 45, 95), ("Rolling pin", 18, 34), ("Cheese knife set", 32, 58)],
            Woods, ["handmade", "oiled"]),
        new("Kitchen", "Tableware", "TAB",
            [("Dinner plate", 14, 26), ("Soup bowl", 12, 22), ("Serving platter", 34, 62), ("Espresso cup", 9, 16), ("Salt pig", 19, 29)],
            Glazes, ["stoneware", "dishwasher-safe"]),
        new("Home", "Lighting", "LIG",
            [("Desk lamp", 59, 129), ("Wall light", 49, 99), ("Pendant lamp", 79, 189), ("Candle holder", 15, 39), ("Reading light", 29, 59)],
            Metals, ["led"]),
        new("Home", "Blankets and cushions", "TEX",
            [("Wool blanket", 79, 149), ("Linen cushion", 29, 49), ("Floor cushion", 59, 99), ("Throw", 45, 85), ("Draught stopper", 19, 29)],
            Fabrics, ["woven"]),
        new("Home", "Storage", "STO",
            [("Wall shelf", 39, 89), ("Shoe rack", 59, 119), ("Key board", 19, 35), ("Bread bin", 39, 69), ("Magazine stand", 29, 55)],
            Woods, ["fsc"]),
        new("Home", "Vases", "VAS",
            [("Bud vase", 15, 25), ("Tall vase", 39, 79), ("Pitcher", 29, 49), ("Incense burner", 19, 35), ("Bowl vase", 35, 59)],
            Glazes, ["hand-thrown"]),
        new("Garden", "Hand tools", "TOO",
            [("Hand trowel", 15, 29), ("Bulb planter", 19, 35), ("Pruning saw", 29, 49), ("Dibber", 12, 19), ("Cultivator", 17, 29)],
            Woods, ["garden"]),
        new("Garden", "Planters", "PLA",
            [("Window box", 25, 49), ("Herb pot", 9, 17), ("Hanging planter", 19, 35), ("Patio planter", 49, 129), ("Seed tray", 12, 19)],
            Glazes, ["frost-proof"]),
        new("Garden", "Watering", "WAT",
            [("Watering can", 29, 59), ("Plant mister", 15, 27), ("Hose reel", 49, 89), ("Rain gauge", 19, 29), ("Bird bath", 45, 85)],
            Metals, ["garden"]),
        new("Garden", "Outdoor living", "OUT",
            [("Deckchair", 69, 119), ("Hammock", 79, 139), ("Picnic rug", 39, 69), ("Outdoor cushion", 25, 45), ("Sun sail", 59, 109)],
            Fabrics, ["water-repellent"]),
        new("Office", "Notebooks", "NOT",
            [("Pocket notebook", 7, 12), ("Dotted journal", 15, 25), ("Project planner", 19, 29), ("Sketchbook", 14, 27), ("Guest book", 25, 45)],
            Fabrics, ["paper", "gift"]),
        new("Office", "Writing", "WRI",
            [("Fountain pen", 35, 119), ("Ballpoint pen", 15, 39), ("Mechanical pencil", 12, 29), ("Letter opener", 19, 29), ("Pen tray", 17, 35)],
            Metals, ["refillable"]),
        new("Office", "Desk", "DSK",
            [("Monitor stand", 49, 99), ("Laptop riser", 39, 79), ("Desk tidy", 25, 45), ("Letter tray", 29, 55), ("Book ends", 24, 39)],
            Woods, ["fsc"]),
        new("Office", "Bags", "BAG",
            [("Tote bag", 19, 35), ("Messenger bag", 79, 149), ("Laptop sleeve", 29, 55), ("Pencil case", 12, 19), ("Backpack", 89, 169)],
            Fabrics, ["vegan"]),
    ];
}
