namespace Storefront.Data;

/// <summary>The days the shop's history lies between. Fixed, so that the data do not depend on today.</summary>
internal static class ShopCalendar
{
    public static readonly DateTimeOffset Opened = new(2023, 3, 1, 8, 0, 0, TimeSpan.Zero);

    public static readonly DateTimeOffset FirstOrder = new(2024, 1, 2, 8, 0, 0, TimeSpan.Zero);

    public static readonly DateTimeOffset Today = new(2025, 6, 30, 18, 0, 0, TimeSpan.Zero);
}
