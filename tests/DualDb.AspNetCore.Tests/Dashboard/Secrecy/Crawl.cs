using System.Net;
using System.Text.RegularExpressions;
using DualDb.AspNetCore.Tests.Dashboard.Places;

namespace DualDb.AspNetCore.Tests.Dashboard.Secrecy;

/// <summary>Follows every link of the dashboard, in both languages, and takes what each page's stream sends first.</summary>
internal static partial class Crawl
{
    private const int Most = 400;

    public static async Task<List<(string Where, string Text)>> AllAsync(DashboardApp app)
    {
        var found = new List<(string, string)>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var waiting = new Queue<string>(app.Routes("/dualdb").Where(static route => route.Method == "GET").Select(static route => route.Path));
        while (waiting.TryDequeue(out var address) && seen.Count < Most)
        {
            if (!seen.Add(address))
            {
                continue;
            }

            if (address.StartsWith("/dualdb/live", StringComparison.Ordinal))
            {
                found.Add((address, await StreamAsync(app, address)));
                continue;
            }

            var (_, page) = await app.GetAsync(address, DashboardApp.Operator);
            found.Add((address, page));
            foreach (var link in Link().Matches(page).Select(static link => WebUtility.HtmlDecode(link.Groups["address"].Value)).Where(static link => link.StartsWith("/dualdb", StringComparison.Ordinal)))
            {
                waiting.Enqueue(link);
            }

            if (Live().Match(page) is { Success: true } live)
            {
                waiting.Enqueue(WebUtility.HtmlDecode(live.Groups["address"].Value));
            }
        }

        return found;
    }

    private static async Task<string> StreamAsync(DashboardApp app, string address)
    {
        using var response = await app.SendAsync(HttpMethod.Get, address, DashboardApp.Operator);
        if ((int)response.StatusCode != 200)
        {
            return await response.Content.ReadAsStringAsync();
        }

        // A page sends all its parts at first, and then what changes.
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        var text = new System.Text.StringBuilder();
        for (var isShown = false; !isShown && await reader.ReadLineAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(30)) is { } line;)
        {
            text.AppendLine(line);
            isShown = line is "event: shown";
        }

        return text.ToString();
    }

    [GeneratedRegex("""href="(?<address>/dualdb[^"#]*)""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Link();

    [GeneratedRegex("""data-live="(?<address>/dualdb[^"#]*)""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Live();
}
