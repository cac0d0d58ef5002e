using System.Text.RegularExpressions;
using DualDb.AspNetCore.Tests.Dashboard.Operating;
using DualDb.AspNetCore.Tests.Dashboard.Places;
using Microsoft.Extensions.DependencyInjection;

namespace DualDb.AspNetCore.Tests.Dashboard;

/// <summary>Every route that the application knows of, and who gets what from it.</summary>
public sealed class RouteTests(DashboardServers servers)
{
    private static readonly string[] Headers = ["Content-Security-Policy", "X-Content-Type-Options", "X-Frame-Options", "Referrer-Policy", "Cache-Control"];

    [Fact]
    public async Task Nobody_gets_anything_without_being_known()
    {
        await using var whole = await WholeAsync();
        var app = whole.App;
        var routes = app.Routes("/dualdb").ToList();

        // As many as there are pages, streams and actions: an empty list would prove nothing.
        Assert.True(routes.Count(static route => route.Path.Contains("/actions/", StringComparison.Ordinal)) > 30, $"{routes.Count} routes");
        foreach (var section in new[] { "", "/alerts", "/queries", "/cache", "/sync", "/conflicts", "/consistency", "/outbox", "/sagas", "/migrations", "/nodes", "/health", "/audit" })
        {
            Assert.Contains(("GET", "/dualdb" + (section.Length > 0 ? section : "/")), routes);
            Assert.Contains(("GET", "/dualdb/live" + section), routes);
        }

        Assert.Contains(routes, static route => route.Path.StartsWith("/dualdb/live/", StringComparison.Ordinal));
        Assert.Contains(routes, static route => route.Path.StartsWith("/dualdb/assets/", StringComparison.Ordinal));
        foreach (var (method, path) in routes)
        {
            using var anonymous = await app.SendAsync(new HttpMethod(method), path, who: null);
            using var stranger = await app.SendAsync(new HttpMethod(method), path, DashboardApp.Stranger);

            Assert.True((int)anonymous.StatusCode == 401, $"{method} {path}: {anonymous.StatusCode} for nobody");
            Assert.True((int)stranger.StatusCode == 403, $"{method} {path}: {stranger.StatusCode} for a stranger");
            AssertHeaders(anonymous, path);
            AssertHeaders(stranger, path);
        }
    }

    [Fact]
    public async Task A_reader_reads_every_page_and_does_nothing()
    {
        await using var whole = await WholeAsync();
        var app = whole.App;

        foreach (var (method, path) in app.Routes("/dualdb"))
        {
            using var answer = await app.SendAsync(new HttpMethod(method), path, DashboardApp.Reader, method == "POST" ? new FormUrlEncodedContent([]) : null);
            var status = (int)answer.StatusCode;

            AssertHeaders(answer, path);
            Assert.True(
                method switch
                {
                    "POST" when path.Contains("/actions/", StringComparison.Ordinal) => status == 403,
                    "POST" when path.EndsWith("/language", StringComparison.Ordinal) => status == 400,
                    _ when path.Contains("anything", StringComparison.Ordinal) || path.Length == 0 => status is 200 or 404,
                    _ => status == 200,
                },
                $"{method} {path}: {answer.StatusCode}");
        }
    }

    [Fact]
    public async Task An_operator_acts_only_with_the_token_of_a_page()
    {
        await using var whole = await WholeAsync();
        var app = whole.App;
        var posts = app.Routes("/dualdb").Where(static route => route.Method == "POST" && !route.Path.Contains("anything", StringComparison.Ordinal)).ToList();

        Assert.Contains(posts, static route => route.Path == "/dualdb/alerts/actions/silence");
        foreach (var (_, path) in posts)
        {
            using var form = await app.SendAsync(HttpMethod.Post, path, DashboardApp.Operator, new FormUrlEncodedContent([KeyValuePair.Create("reason", "none")]));
            using var empty = await app.SendAsync(HttpMethod.Post, path, DashboardApp.Operator);
            using var json = await app.SendAsync(HttpMethod.Post, path, DashboardApp.Operator, new StringContent("{}", System.Text.Encoding.UTF8, "application/json"));

            Assert.Equal((400, 400, 400, path), ((int)form.StatusCode, (int)empty.StatusCode, (int)json.StatusCode, path));
        }
    }

    [Fact]
    public async Task What_is_asked_for_in_the_wrong_way_is_not_found()
    {
        await using var whole = await WholeAsync();
        var app = whole.App;

        foreach (var (method, path) in new[] { ("POST", "/dualdb"), ("DELETE", "/dualdb/audit"), ("GET", "/dualdb/alerts/actions/silence"), ("PUT", "/dualdb/alerts/actions/silence"), ("GET", "/dualdb/language"), ("GET", "/dualdb/none"), ("GET", "/dualdb/live/none"), ("GET", "/dualdb/assets/other.js"), ("GET", "/dualdb/queries/1") })
        {
            using var answer = await app.SendAsync(new HttpMethod(method), path, DashboardApp.Operator);

            Assert.True((int)answer.StatusCode is 404 or 405, $"{method} {path}: {answer.StatusCode}");
            AssertHeaders(answer, path);
        }
    }

    [Fact]
    public async Task Pages_name_files_of_the_application_alone_and_hold_no_script()
    {
        await using var whole = await WholeAsync();
        var app = whole.App;

        foreach (var path in app.Routes("/dualdb").Where(static route => route.Method == "GET" && !route.Path.Contains("anything", StringComparison.Ordinal) && !route.Path.Contains("/live", StringComparison.Ordinal)).Select(static route => route.Path).Distinct())
        {
            var (status, page) = await app.GetAsync(path, DashboardApp.Operator);

            Assert.Equal((200, path), (status, path));
            Assert.DoesNotMatch("""(?i)<script(?![^>]* src=")""", page);
            Assert.DoesNotMatch("""(?i)<style|\sstyle=|\son[a-z]+=|javascript:""", page);
            Assert.DoesNotMatch("""(?i)(src|href|action)="(https?:)?//""", page);
            foreach (Match file in Regex.Matches(page, """(src|href)="(?<path>/dualdb/assets/[^"]+)""", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5)))
            {
                using var asset = await app.SendAsync(HttpMethod.Get, file.Groups["path"].Value, DashboardApp.Reader);

                Assert.Equal(200, (int)asset.StatusCode);
                Assert.Contains("immutable", asset.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
            }
        }
    }

    /// <summary>With everything that has a page.</summary>
    private Task<OperatedApp> WholeAsync() => OperatedApp.StartAsync(servers, add: static services => services.AddDualDbHealthChecks<MemoDb>());

    private static void AssertHeaders(HttpResponseMessage answer, string path)
    {
        foreach (var header in Headers)
        {
            Assert.True(answer.Headers.Contains(header), $"{path}: no {header}");
        }

        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        foreach (var directive in new[] { "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self'", "connect-src 'self'", "form-action 'self'", "frame-ancestors 'none'", "base-uri 'none'" })
        {
            Assert.Contains(directive, policy.Split("; "));
        }
    }
}
