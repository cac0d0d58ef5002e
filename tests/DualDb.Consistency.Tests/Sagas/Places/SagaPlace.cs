using DualDb.Consistency.Sagas;
using DualDb.Consistency.Sagas.Recovery;
using DualDb.Consistency.Sagas.Running;
using DualDb.Consistency.Tests.Places;
using Npgsql;

namespace DualDb.Consistency.Tests.Sagas;

/// <summary>A pair of databases with the tables of sagas, and a ledger in each in which every effect is a row.</summary>
public class SagaPlace(ConsistencyServers servers) : IAsyncLifetime
{
    private readonly List<SagaRoot> _roots = [];

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public ConsistencyServers Servers => servers;

    /// <summary>Where the journal is.</summary>
    protected virtual Database Home => Database.Neon;

    private PostgresDatabase Journal => Home == Database.Neon ? Root.Neon : Root.Supabase;

    public string Neon { get; private set; } = "";

    public string Supabase { get; private set; } = "";

    public SagaRoot Root { get; private set; } = null!;

    /// <summary>The same through PgBouncer in transaction mode.</summary>
    public SagaRoot Pooled { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var name = $"sagas_{Guid.NewGuid():n}";
        Neon = await servers.Servers.Neon.CreateDatabaseAsync(name, Token);
        Supabase = await servers.Servers.Supabase.CreateDatabaseAsync(name, Token);
        Root = Open(AsObserver, AsObserver);
        Pooled = Open(servers.NeonPooler.Rewrite, servers.SupabasePooler.Rewrite);
        var sagas = new TestSagas(Root);
        sagas.Options.Home = Home;
        await sagas.InstallAsync(Token);
        foreach (var database in new PostgresDatabase[] { Root.Neon, Root.Supabase })
        {
            await database.ExecuteAsync($"create table ledger (number bigint generated always as identity, id text not null, what text not null, key text unique)", Token);
        }
    }

    /// <summary>A root of its own, as another process would have one.</summary>
    public SagaRoot Open(Func<string, string>? viaNeon = null, Func<string, string>? viaSupabase = null, TimeProvider? time = null)
    {
        var root = new SagaRoot(viaNeon?.Invoke(Neon) ?? Neon, viaSupabase?.Invoke(Supabase) ?? Supabase, time);
        lock (_roots)
        {
            _roots.Add(root);
        }

        return root;
    }

    /// <summary>A node: the sagas of a root of its own.</summary>
    internal TestSagas Node(Action<SagaOptions>? configure = null, SagaRoot? root = null, params SagaDefinition[] definitions)
    {
        var sagas = new TestSagas(root ?? Open(), definitions);
        sagas.Options.NodeName = $"node{_roots.Count}";
        sagas.Options.Home = Home;
        configure?.Invoke(sagas.Options);
        return sagas;
    }

    /// <summary>All effects on an id, in both databases, in no order: what was done without what was undone.</summary>
    public async Task<string[]> EffectsAsync(string id)
    {
        var rows = new List<string>();
        foreach (var database in new PostgresDatabase[] { Root.Neon, Root.Supabase })
        {
            rows.AddRange((await database.QueryAsync<string>($"select what from ledger where id = {id}", Token))!);
        }

        return [.. rows.Order(StringComparer.Ordinal)];
    }

    public Task<string?> StateAsync(string id) => Journal.ExecuteScalarAsync<string>($"select state from dualdb.sagas where id = {id}", Token);

    /// <summary>Waits until an instance is in a state.</summary>
    public Task ComesToAsync(string id, string state) => Eventually.HoldsAsync(async () => await StateAsync(id) == state, $"{id} comes to {state}");

    /// <summary>Lets time pass for an instance: its lease and its pauses are over.</summary>
    public Task ExpireAsync(string id)
        => Journal.ExecuteAsync(
            $"update dualdb.sagas set lease_until = case when lease_until is not null then clock_timestamp() - interval '1 second' end, next_due = clock_timestamp() - interval '1 second' where id = {id} and next_due is not null",
            Token);

    /// <summary>Another node has taken an instance, and has not looked at it yet.</summary>
    public Task TakeAwayAsync(string id) => Journal.ExecuteAsync($"update dualdb.sagas set lease_owner = 'another', lease_token = lease_token + 1 where id = {id}", Token);

    /// <summary>Connections that are left alone where all others are ended.</summary>
    private static string AsObserver(string address) => new NpgsqlConnectionStringBuilder(address) { ApplicationName = "observer" }.ConnectionString;

    public async ValueTask DisposeAsync()
    {
        foreach (var root in _roots)
        {
            await root.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }
}

/// <summary>The same with the journal in Supabase: where the last step of an order is committed.</summary>
public sealed class SupabaseHomePlace(ConsistencyServers servers) : SagaPlace(servers)
{
    protected override Database Home => Database.Supabase;
}

/// <summary>Sagas with definitions of the test's.</summary>
internal sealed class TestSagas(IDualDatabase root, params IReadOnlyList<SagaDefinition> definitions) : SagaSet(root, definitions)
{
    public Saga<Cart, Placed> Order => new(this, Engine.Definitions["order"]);

    /// <summary>Starts a saga of any result.</summary>
    public Task StartPlainAsync(string id) => new Saga<Cart>(this, Engine.Definitions["order"]).StartAsync(id, new Cart("Lamp"), SagaPlace.Token);

    /// <summary>Looks once for what is due, runs it, and waits until nothing runs here.</summary>
    public async Task SweepAsync()
    {
        await new SagaRunner(Engine).LookAsync(SagaPlace.Token);
        await Engine.IdleAsync();
    }
}
