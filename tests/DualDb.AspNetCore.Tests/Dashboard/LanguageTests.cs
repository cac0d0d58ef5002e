using System.Reflection;
using System.Text.RegularExpressions;
using DualDb.AspNetCore.Dashboard.Language;
using DualDb.AspNetCore.Dashboard.Requests;
using DualDb.AspNetCore.Dashboard.Sections.Shared;
using DualDb.AspNetCore.Tests.Dashboard.Places;
using DualDb.Consistency.Sync;
using DualDb.Migrations;

namespace DualDb.AspNetCore.Tests.Dashboard;

/// <summary>English and Thai.</summary>
public sealed class LanguageTests(DashboardServers servers)
{
    /// <summary>Names that are the same in both.</summary>
    private static readonly string[] Names = ["SQL", "Redis", "p50", "p95", "p99"];

    public static TheoryData<string> Texts => [.. Fields().Select(NameOf)];

    [Theory]
    [MemberData(nameof(Texts))]
    public void Every_text_is_there_in_both_languages_with_the_same_places(string name)
    {
        var text = (Text)Fields().Single(one => NameOf(one) == name).GetValue(null)!;

        Assert.False(string.IsNullOrWhiteSpace(text.English));
        Assert.Equal(Places(text.English), Places(text.Thai));
        Assert.True(Names.Contains(text.English) || text.Thai.Any(static letter => letter is >= '\u0e00' and <= '\u0e7f'), $"{name} is not in Thai");
        Assert.DoesNotContain(text.English, static letter => letter is >= '\u0e00' and <= '\u0e7f');
    }

    [Fact]
    public void There_are_texts() => Assert.True(Fields().Count() > 100);

    [Fact]
    public void The_libraries_own_words_are_told_in_the_viewers_language_and_others_marked_as_English()
    {
        var thai = new PartContext(PageLanguage.Thai, "/dualdb", "", "", MayAct: false);
        string[] words =
        [
            .. Enum.GetNames<ConflictPolicy>(), .. Enum.GetNames<MigrationPhase>().Select(static phase => phase.ToLowerInvariant()),
            "started", "succeeded", "failed", "unanswered", "resume", "retry", "skip", "skip-compensation", "compensate", "replay", "edit", "discard", "insert", "update", "delete", "none",
        ];

        Assert.All(words, word => Assert.Contains(thai.Term(word).ToString(), static letter => letter is >= '\u0e00' and <= '\u0e7f'));
        Assert.Equal("""<span lang="en">later</span>""", thai.Term("later").ToString());
        Assert.Equal("expand", (thai with { Language = PageLanguage.English }).Term("expand").ToString());
    }

    [Theory]
    [InlineData(null, "en")]
    [InlineData("th", "th")]
    [InlineData("th-TH,th;q=0.9,en;q=0.8", "th")]
    [InlineData("de, th;q=0.3, en;q=0.7", "en")]
    [InlineData("de, en;q=0.3, th;q=0.7", "th")]
    [InlineData("th;q=0, en;q=0.1", "en")]
    [InlineData("the, thx", "en")]
    [InlineData("*;q=;;,,", "en")]
    public async Task The_browsers_language_is_taken(string? accepted, string language)
    {
        await using var place = await DashboardPlace.CreateAsync(servers, installs: false);
        await using var app = await DashboardApp.StartAsync(place);

        var (_, page) = await app.GetAsync("/dualdb", DashboardApp.Reader, accepted is null ? [] : [("Accept-Language", accepted)]);

        Assert.Contains($"<html lang=\"{language}\">", page, StringComparison.Ordinal);
        Assert.Contains(language == "th" ? "ฐานข้อมูลทั้งสอง" : "Both databases", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_switch_is_kept_and_goes_before_the_browsers()
    {
        await using var place = await DashboardPlace.CreateAsync(servers, installs: false);
        await using var app = await DashboardApp.StartAsync(place);

        using var answer = await app.PostAsync("/dualdb/queries", "/dualdb/language", DashboardApp.Reader, ("language", "th"), ("back", "/queries"));
        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"), static cookie => cookie.StartsWith("dualdb-language", StringComparison.Ordinal));
        var (_, page) = await app.GetAsync("/dualdb", DashboardApp.Reader, ("Cookie", cookie[..cookie.IndexOf(';', StringComparison.Ordinal)]), ("Accept-Language", "en"));
        using var unknown = await app.PostAsync("/dualdb", "/dualdb/language", DashboardApp.Reader, ("language", "de"));

        Assert.Equal("/dualdb/queries", answer.Headers.Location!.OriginalString);
        Assert.Contains("path=/dualdb;", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("<html lang=\"th\">", page, StringComparison.Ordinal);
        Assert.Equal(400, (int)unknown.StatusCode);
    }

    private static string NameOf(FieldInfo one) => $"{one.DeclaringType!.Name}.{one.Name}";

    private static IEnumerable<FieldInfo> Fields()
        => typeof(Text).Assembly.GetTypes().SelectMany(static type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)).Where(static field => field.FieldType == typeof(Text));

    private static string Places(string text) => string.Join(' ', Regex.Matches(text, @"\{(?<place>\d+)", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Select(static place => place.Groups["place"].Value).Distinct().Order(StringComparer.Ordinal));
}
