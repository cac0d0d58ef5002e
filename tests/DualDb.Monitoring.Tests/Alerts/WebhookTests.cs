using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using DualDb.Consistency.Monitoring;
using DualDb.Consistency.Monitoring.Alerts.Sinks;
using DualDb.Monitoring.Tests.Places;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace DualDb.Monitoring.Tests.Alerts;

/// <summary>Posts to an address that works, fails, and hangs.</summary>
public sealed class WebhookTests
{
    private const string Secret = "0123456789abcdef0123456789abcdef";

    private static readonly DateTimeOffset Moment = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly Alert Example = new("shop", AlertRules.DatabaseDown, "neon", AlertSeverity.Page, "<b>Neon</b> & co. do not answer.", Moment, Moment, IsResolved: false, 0);

    private readonly FakeTimeProvider _clock = new(Moment);
    private readonly Address _address = new();

    [Fact]
    public async Task A_post_is_signed_and_shows_its_text_as_text()
    {
        await Sink().SendAsync(Example, TestContext.Current.CancellationToken);

        var (body, signature) = Assert.Single(_address.Posts);
        using var document = JsonDocument.Parse(body);
        Assert.Equal("PAGE: database-down (neon) in shop. &lt;b&gt;Neon&lt;/b&gt; &amp; co. do not answer.", document.RootElement.GetProperty("text").GetString());
        Assert.Equal("firing", document.RootElement.GetProperty("status").GetString());
        var time = Moment.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        Assert.Equal($"t={time},v1={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes($"{time}.{body}")))}", signature);
    }

    [Fact]
    public async Task One_that_answers_500_is_tried_again_until_it_takes_it()
    {
        _address.Answers.Enqueue(HttpStatusCode.InternalServerError);
        _address.Answers.Enqueue(HttpStatusCode.ServiceUnavailable);
        var sending = Sink().SendAsync(Example, TestContext.Current.CancellationToken);
        await AdvanceUntilAsync(sending);
        await sending;

        Assert.Equal(3, _address.Posts.Count);
    }

    [Fact]
    public async Task One_that_hangs_is_given_up_in_the_end_without_its_address_in_the_message()
    {
        _address.Hangs = true;
        var sending = Sink().SendAsync(Example, TestContext.Current.CancellationToken);
        await AdvanceUntilAsync(sending);

        var failure = await Assert.ThrowsAsync<HttpRequestException>(() => sending);
        Assert.Equal(5, _address.Posts.Count);
        Assert.DoesNotContain("hook.example", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_tries_that_were_asked_for_are_made_before_an_alert_is_lost()
    {
        _address.Hangs = true;
        using var stop = new CancellationTokenSource();
        var delivery = new AlertDelivery(Sink(retries: 10), _clock, NullLogger.Instance);
        var running = delivery.RunAsync(stop.Token);
        delivery.Give(Example);
        await Eventually.HoldsAsync(
            () =>
            {
                _clock.Advance(TimeSpan.FromSeconds(2));
                return _address.Posts.Count == 11;
            },
            "it was tried eleven times");

        delivery.Complete();
        await stop.CancelAsync();
        await running;
    }

    [Fact]
    public async Task What_will_never_be_taken_is_not_tried_again()
    {
        _address.Answers.Enqueue(HttpStatusCode.NotFound);
        var failure = await Assert.ThrowsAsync<HttpRequestException>(() => Sink().SendAsync(Example, TestContext.Current.CancellationToken));

        Assert.Contains("404", failure.Message, StringComparison.Ordinal);
        Assert.Single(_address.Posts);
    }

    [Fact]
    public async Task A_sink_that_hangs_or_fails_holds_up_no_other()
    {
        using var stop = new CancellationTokenSource();
        var taken = new List<Alert>();
        var (hanging, failing, working) = (
            new AlertDelivery(new ActingSink(static _ => new TaskCompletionSource().Task), _clock, NullLogger.Instance),
            new AlertDelivery(new ActingSink(static _ => throw new InvalidOperationException("broken")), _clock, NullLogger.Instance),
            new AlertDelivery(new ActingSink(alert => { lock (taken) { taken.Add(alert); } return Task.CompletedTask; }), _clock, NullLogger.Instance));
        var running = new[] { hanging, failing, working }.Select(delivery => delivery.RunAsync(stop.Token)).ToList();
        for (var number = 0; number < 1000; number++)
        {
            hanging.Give(Example);
            failing.Give(Example);
        }

        working.Give(Example);
        await Eventually.HoldsAsync(() => { lock (taken) { return taken.Count == 1; } }, "the sink that works is told");
        foreach (var delivery in new[] { hanging, failing, working })
        {
            delivery.Complete();
        }

        await stop.CancelAsync();
        await Task.WhenAll(running);
    }

    [Fact]
    public async Task What_waits_is_still_given_at_the_end_and_what_is_not_is_told()
    {
        using var stop = new CancellationTokenSource();
        using var log = new WrittenLog();
        var (gate, taken) = (new TaskCompletionSource(), new ConcurrentQueue<Alert>());
        var delivery = new AlertDelivery(
            new ActingSink(async alert =>
            {
                await gate.Task;
                taken.Enqueue(alert);
            }),
            _clock,
            log.CreateLogger("alerts"));
        var running = delivery.RunAsync(stop.Token);
        delivery.Give(Example);
        delivery.Give(Example);
        delivery.Complete();
        gate.SetResult();
        await running;
        Assert.Equal(2, taken.Count);

        var hanging = new AlertDelivery(new ActingSink(static _ => new TaskCompletionSource().Task), _clock, log.CreateLogger("alerts"));
        hanging.Give(Example);
        hanging.Give(Example);
        hanging.Complete();
        await stop.CancelAsync();
        await hanging.RunAsync(stop.Token);
        Assert.Equal(2, log.Lines.Count(static line => line.Contains("database-down", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task One_that_redirects_has_not_taken_it()
    {
        var (listener, address) = Redirecting();
        using (listener)
        {
            var services = new ServiceCollection();
            services.AddDualDbAlertWebhook(webhook => (webhook.Address, webhook.Secret) = (address, Secret));
            await using var provider = services.BuildServiceProvider();

            var failure = await Assert.ThrowsAsync<HttpRequestException>(() => Assert.Single(provider.GetServices<IAlertSink>()).SendAsync(Example, TestContext.Current.CancellationToken));
            Assert.Contains("302", failure.Message, StringComparison.Ordinal);
        }
    }

    // Leads each request to itself, where it would be answered with 200.
    private static (HttpListener Listener, Uri Address) Redirecting()
    {
        for (var tries = 0; ; tries++)
        {
            var port = RandomNumberGenerator.GetInt32(20_000, 60_000);
            var listener = new HttpListener();
            listener.Prefixes.Add(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/"));
            try
            {
                listener.Start();
            }
            catch (HttpListenerException) when (tries < 20)
            {
                continue;
            }

            _ = AnswerAsync(listener);
            return (listener, new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/hook")));
        }
    }

    private static async Task AnswerAsync(HttpListener listener)
    {
        try
        {
            while (listener.IsListening)
            {
                var context = await listener.GetContextAsync();
                context.Response.StatusCode = context.Request.Url!.AbsolutePath is "/hook" ? 302 : 200;
                context.Response.RedirectLocation = "/log-in";
                context.Response.Close();
            }
        }
        catch (Exception failure) when (failure is HttpListenerException or ObjectDisposedException)
        {
            // The end of the test.
        }
    }

    [Theory]
    [InlineData(null, 10, 4, Secret, "Address")]
    [InlineData("http://hook.example/", 10, 4, Secret, "Address")]
    [InlineData("ftp://hook.example/", 10, 4, Secret, "Address")]
    [InlineData("https://hook.example/", 0, 4, Secret, "Timeout")]
    [InlineData("https://hook.example/", 10, -1, Secret, "Retries")]
    [InlineData("https://hook.example/", 10, 4, "short", "Secret")]
    public void Options_that_make_no_sense_are_refused_without_the_secret(string? address, int timeout, int retries, string secret, string option)
    {
        var refused = Assert.Throws<DualDbConfigurationException>(() => new ServiceCollection().AddDualDbAlertWebhook(webhook =>
            (webhook.Address, webhook.Timeout, webhook.Retries, webhook.Secret) = (address is null ? null : new Uri(address), TimeSpan.FromSeconds(timeout), retries, secret)));

        Assert.Contains(option, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_that_is_logged_has_the_address_whose_path_is_a_secret()
    {
        using var log = new WrittenLog();
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(log));
        services.AddHttpClient(MonitoringServiceCollectionExtensions.WebhookClient).ConfigurePrimaryHttpMessageHandler(() => _address);
        services.AddDualDbAlertWebhook(static webhook => (webhook.Address, webhook.Secret) = (new Uri("https://hook.example/T0/B0/secret"), Secret));
        await using var provider = services.BuildServiceProvider();
        provider.GetRequiredService<ILoggerFactory>().CreateLogger("test").LogInformation("is written");

        await Assert.Single(provider.GetServices<IAlertSink>()).SendAsync(Example, TestContext.Current.CancellationToken);

        Assert.Single(_address.Posts);
        Assert.Contains(log.Lines, static line => line.Contains("is written", StringComparison.Ordinal));
        Assert.DoesNotContain(log.Lines, static line => line.Contains("T0/B0", StringComparison.Ordinal) || line.Contains("hook.example", StringComparison.Ordinal));
    }

    private WebhookSink Sink(int retries = 4) => new(new WebhookOptions { Address = new Uri("https://hook.example/T0/B0/secret"), Secret = Secret, Retries = retries }, () => new HttpClient(_address, disposeHandler: false), _clock);

    private async Task AdvanceUntilAsync(Task sending)
        => await Eventually.HoldsAsync(
            () =>
            {
                _clock.Advance(TimeSpan.FromSeconds(1));
                return sending.IsCompleted;
            },
            "the sending ends");

    private sealed class ActingSink(Func<Alert, Task> act) : IAlertSink
    {
        public Task SendAsync(Alert alert, CancellationToken cancellationToken) => act(alert);
    }

    /// <summary>All that is logged, with the scopes that it is logged in.</summary>
    private sealed class WrittenLog : ILoggerProvider, ILogger
    {
        private readonly ConcurrentQueue<string> _lines = [];

        public IReadOnlyCollection<string> Lines => _lines;

        public ILogger CreateLogger(string categoryName) => this;

        public bool IsEnabled(LogLevel logLevel) => true;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            _lines.Enqueue(state.ToString() ?? "");
            return null;
        }

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => _lines.Enqueue(formatter(state, exception));

        public void Dispose()
        {
        }
    }

    private sealed class Address : HttpMessageHandler
    {
        public List<(string Body, string? Signature)> Posts { get; } = [];

        public Queue<HttpStatusCode> Answers { get; } = [];

        public bool Hangs { get; set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Posts.Add((await request.Content!.ReadAsStringAsync(cancellationToken), request.Headers.TryGetValues("X-DualDb-Signature", out var values) ? values.Single() : null));
            if (Hangs)
            {
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }

            return new HttpResponseMessage(Answers.TryDequeue(out var answer) ? answer : HttpStatusCode.OK);
        }
    }
}
