using System.Globalization;
using DualDb.Consistency.Events;
using DualDb.Consistency.Tests.Places;
using DualDb.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace DualDb.Consistency.Tests.Events.Rig;

/// <summary>A database of its own on each server, with the tables of the models and of events; and nodes over them.</summary>
public sealed class EventPlace : IAsyncDisposable
{
    private static int s_number;

    private readonly List<EventNode> _nodes = [];

    private EventPlace(string neon, string supabase)
    {
        Neon = neon;
        Supabase = supabase;
        Db = Open(_ => { });
    }

    public string Neon { get; }

    public string Supabase { get; }

    /// <summary>A root without a dispatcher.</summary>
    public TestDb Db { get; }

    public DomainEvents Events => Db.Events;

    public static async Task<EventPlace> CreateAsync(LocalServers servers, bool install = true)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"events_{Environment.ProcessId}_{Interlocked.Increment(ref s_number)}");
        var place = new EventPlace(await servers.Neon.CreateDatabaseAsync(name), await servers.Supabase.CreateDatabaseAsync(name));
        await place.Db.CreateTablesAsync();
        if (install)
        {
            await place.Events.InstallAsync();
        }

        return place;
    }

    public TestDb Open(Action<DualDbOptions> configure) => TestDb.Create(options =>
    {
        options.Neon.ConnectionString = Neon;
        options.Supabase.ConnectionString = Supabase;
        options.Neon.RetryDelay = options.Supabase.RetryDelay = TimeSpan.FromMilliseconds(20);
        configure(options);
    });

    /// <summary>Makes a node, and does not start it.</summary>
    public EventNode Node(Action<EventOptions>? configure = null, Behaviour? behaviour = null, Action<DualDbOptions>? databases = null, Action<IServiceCollection>? services = null)
    {
        var node = EventNode.Create(this, configure, behaviour ?? new Behaviour(), databases, services);
        _nodes.Add(node);
        return node;
    }

    /// <summary>Starts a node.</summary>
    public async Task<EventNode> StartAsync(Action<EventOptions>? configure = null, Behaviour? behaviour = null, Action<DualDbOptions>? databases = null, Action<IServiceCollection>? services = null)
    {
        var node = Node(configure, behaviour, databases, services);
        await node.StartAsync();
        return node;
    }

    /// <summary>Publishes purchases in transactions of their own, each with its row.</summary>
    public async Task PublishAsync(string buyer, params IEnumerable<long> numbers)
    {
        foreach (var number in numbers)
        {
            while (!await TryPublishAsync(buyer, number))
            {
            }
        }
    }

    /// <summary>The numbers of the activities of a buyer, in the order of their effects.</summary>
    public async Task<IEnumerable<long>> NumbersAsync(string buyer)
        => (await Db.Activities.Where(activity => activity.Buyer == buyer).OrderBy(activity => activity.Id).ToListAsync()).Select(activity => activity.Number);

    /// <summary>Writes an event as another application would.</summary>
    public Task InsertAsync(string name, string payload, string key = "ada")
        => AskNeonAsync<long>($"with written as (insert into dualdb.outbox (event_id, name, version, slot, key, payload) values (gen_random_uuid(), '{name}', 1, 3, '{key}', '{payload}') returning 1) select count(*) from written");

    public Task<T> AskNeonAsync<T>(string sql) => AskAsync<T>(Neon, sql);

    public Task<T> AskSupabaseAsync<T>(string sql) => AskAsync<T>(Supabase, sql);

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
        {
            await node.DisposeAsync();
        }

        await Db.DisposeAsync();
    }

    /// <returns>False where a connection broke before the commit was sent, so that nothing was published.</returns>
    private async Task<bool> TryPublishAsync(string buyer, long number)
    {
        try
        {
            await using var transaction = await Db.BeginNeonAsync();
            await Db.Purchases.InsertAsync(new Purchase { Buyer = buyer }, transaction);
            transaction.Publish(new PurchaseMade(number, buyer), key: buyer);
            await transaction.CommitAsync();
            return true;
        }
        catch (DatabaseUnavailableException)
        {
            return false;
        }
    }

    private static async Task<T> AskAsync<T>(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync())!;
    }
}
