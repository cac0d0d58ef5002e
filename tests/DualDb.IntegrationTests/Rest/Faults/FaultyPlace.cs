using DualDb.IntegrationTests.Repositories;

namespace DualDb.IntegrationTests.Rest.Faults;

/// <summary>Roots whose Supabase is a scripted server, and what every failure has to tell and to keep.</summary>
internal static class FaultyPlace
{
    public const string Key = "sb_secret_not-to-be-seen-in-any-message";
    public const string PublishableKey = "sb_publishable_not-to-be-seen-either";

    /// <summary>How often a read is sent in all.</summary>
    public const int Attempts = 4;

    // Far more than anything takes here, and far less than a test run.
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    public static ShapesDb Open(ScriptedServer server, Action<SupabaseOptions>? configure = null) => ShapesDb.Create(options =>
    {
        options.Neon.ConnectionString = "Host=127.0.0.1;Port=1;Username=nobody;Database=none";
        options.Supabase.Url = server.Url;
        options.Supabase.ApiKey = Key;
        options.Supabase.PublishableKey = PublishableKey;
        options.Supabase.MaxRetries = Attempts - 1;
        options.Supabase.RetryDelay = TimeSpan.FromMilliseconds(1);
        options.Supabase.MaxRetryDelay = TimeSpan.FromMilliseconds(20);
        configure?.Invoke(options.Supabase);
    });

    /// <summary>Nothing may hang.</summary>
    public static Task<T> WithinDeadline<T>(Task<T> work) => work.WaitAsync(Deadline, TestContext.Current.CancellationToken);

    /// <summary>The failure of an operation on entries: of a type of its own, naming entity and operation, without a secret.</summary>
    public static async Task<T> FailureAsync<T>(Func<Task> work, string operation, params string[] secrets)
        where T : DualDbException
    {
        var failure = await WithinDeadline(Assert.ThrowsAsync<T>(work));
        Assert.Contains(operation, failure.Message, StringComparison.Ordinal);
        Assert.Contains(nameof(RestEntry), failure.Message, StringComparison.Ordinal);
        Assert.Equal(nameof(RestEntry), failure.Entity);
        Assert.Equal(Database.Supabase, failure.Database);
        var everything = failure.ToString();
        foreach (var secret in secrets.Concat([Key, PublishableKey]))
        {
            Assert.DoesNotContain(secret, everything, StringComparison.Ordinal);
        }

        return failure;
    }
}
