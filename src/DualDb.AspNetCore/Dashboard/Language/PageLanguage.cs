using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace DualDb.AspNetCore.Dashboard.Language;

/// <summary>The languages of the dashboard.</summary>
internal enum PageLanguage
{
    English = 0,
    Thai,
}

/// <summary>Which language a request wants: that of the switch, otherwise the browser's.</summary>
internal static class PageLanguages
{
    public const string Cookie = "dualdb-language";

    public static string Code(this PageLanguage language) => language == PageLanguage.Thai ? "th" : "en";

    public static PageLanguage? Find(string? code) => code switch { "en" => PageLanguage.English, "th" => PageLanguage.Thai, _ => null };

    public static PageLanguage Of(HttpRequest request) => Find(request.Cookies[Cookie]) ?? Preferred(request.Headers.AcceptLanguage);

    private static PageLanguage Preferred(IList<string?> header)
    {
        if (!StringWithQualityHeaderValue.TryParseList([.. header.OfType<string>()], out var wanted))
        {
            return PageLanguage.English;
        }

        return wanted.Where(static one => one.Quality is not 0)
            .OrderByDescending(static one => one.Quality ?? 1)
            .Select(static one => Known(one.Value.Value))
            .FirstOrDefault(static one => one is not null) ?? PageLanguage.English;
    }

    private static PageLanguage? Known(string? tag)
        => tag is null ? null
            : tag.StartsWith("th", StringComparison.OrdinalIgnoreCase) && IsWhole(tag) ? PageLanguage.Thai
            : tag.StartsWith("en", StringComparison.OrdinalIgnoreCase) && IsWhole(tag) ? PageLanguage.English
            : null;

    private static bool IsWhole(string tag) => tag.Length == 2 || tag[2] == '-';
}
