using System.Globalization;
using System.Text;
using Storefront.Models;

namespace Storefront.Data;

/// <summary>The shop's users and how they like it.</summary>
internal static class Customers
{
    public const int Count = 5_000;

    private const ulong Seed = 23;

    public static IReadOnlyList<Profile> Profiles()
    {
        var random = new SeededRandom(Seed);
        return [.. Enumerable.Range(1, Count).Select(number => ProfileOf(number, random))];
    }

    public static IReadOnlyList<Preference> Preferences(IReadOnlyList<Profile> profiles, IReadOnlyList<Category> categories)
    {
        var random = new SeededRandom(Seed + 1);
        return [.. profiles.Select(profile => PreferenceOf(profile, categories, random))];
    }

    private static Profile ProfileOf(int number, SeededRandom random)
    {
        var first = random.Pick(People.FirstNames);
        var last = random.Pick(People.LastNames);
        return new Profile
        {
            Id = random.NextGuid(),
            Email = string.Create(CultureInfo.InvariantCulture, $"{Ascii(first)}.{Ascii(last)}.{number}@example.com").ToLowerInvariant(),
            DisplayName = $"{first} {last}",
            City = random.Percent(85) ? random.Pick(People.Cities) : null,
            BirthDate = random.Percent(60) ? new DateOnly(random.Between(1950, 2006), 1, 1).AddDays(random.Below(365)) : null,
            CreatedAt = random.Within(ShopCalendar.Opened, ShopCalendar.FirstOrder),
        };
    }

    private static Preference PreferenceOf(Profile profile, IReadOnlyList<Category> categories, SeededRandom random) => new()
    {
        UserId = profile.Id,
        Theme = random.Pick(Enum.GetValues<Theme>()),
        LanguageTag = random.Pick(People.Languages),
        FavouriteCategoryIds = [.. Enumerable.Range(0, random.Below(4)).Select(_ => random.Pick(categories).Id).Distinct()],
        Notifications = new NotificationSettings(
            OrderUpdates: random.Percent(90),
            Newsletter: random.Percent(35),
            Channels: random.Percent(50) ? ["email", "push"] : ["email"]),
    };

    /// <summary>An accent is a mark of its own in this form, and can be left out.</summary>
    private static string Ascii(string name)
        => string.Concat(name.Normalize(NormalizationForm.FormD).Where(char.IsAscii));
}
