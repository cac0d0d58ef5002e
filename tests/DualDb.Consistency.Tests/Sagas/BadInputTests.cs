using DualDb.Consistency.Sagas;
using DualDb.Consistency.Sagas.Recovery;
using DualDb.Testing;
using Npgsql;

namespace DualDb.Consistency.Tests.Sagas;

/// <summary>What cannot be started, installed or found.</summary>
public class BadInputTests(SagaPlace place) : IClassFixture<SagaPlace>
{
    [Theory]
    [InlineData("")]
    [InlineData("a\0b")]
    [InlineData(null)]
    public async Task Refuses_an_id_that_cannot_be_one(string? id)
    {
        var node = place.Node(definitions: OrderSaga.Define());

        var exception = await Assert.ThrowsAsync<SagaRefusedException>(() => node.Order.StartAsync(id!, new Cart("Lamp"), SagaPlace.Token));

        Assert.Contains("'order'", exception.Message, StringComparison.Ordinal);
    }

    /// <summary>Stored, all of them would be the same one.</summary>
    [Fact]
    public async Task Refuses_an_id_with_half_a_character()
    {
        var node = place.Node(definitions: OrderSaga.Define());

        var exception = await Assert.ThrowsAsync<SagaRefusedException>(() => node.Order.StartAsync("cart-\ud83d", new Cart("Lamp"), SagaPlace.Token));

        Assert.Contains("surrogate", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Takes_an_id_of_any_characters()
    {
        var node = place.Node(definitions: OrderSaga.Define());
        const string Id = "Größe 🛒 '\"%_\\\n";

        Assert.Equal(new Placed("N-" + Id), await node.Order.RunAsync(Id, new Cart("Lamp"), SagaPlace.Token));

        Assert.Equal(Id, Assert.Single(await node.Operations.ListAsync(new SagaFilter { IdPrefix = "Größe 🛒 '\"%_" }, cancellationToken: SagaPlace.Token)).Id);
    }

    [Fact]
    public async Task Refuses_what_is_too_large()
    {
        var node = place.Node(options => options.MaxPayloadBytes = 2000, definitions: OrderSaga.Define());

        await Assert.ThrowsAsync<SagaRefusedException>(() => node.Order.StartAsync(new string('x', 10_000), new Cart("Lamp"), SagaPlace.Token));
        var exception = await Assert.ThrowsAsync<SagaRefusedException>(() => node.Order.StartAsync("large", new Cart(new string('ä', 3000)), SagaPlace.Token));

        Assert.Contains("MaxPayloadBytes", exception.Message, StringComparison.Ordinal);
        Assert.Null(await place.StateAsync("large"));
    }

    [Fact]
    public async Task A_result_that_is_too_large_fails_its_step()
    {
        var node = place.Node(options => options.MaxPayloadBytes = 100, definitions: OrderSaga.Define());

        var exception = await Assert.ThrowsAsync<SagaFailedException>(() => node.Order.RunAsync(new string('y', 150), new Cart("L"), SagaPlace.Token));

        Assert.IsType<SagaPayloadException>(exception.InnerException);
    }

    [Fact]
    public async Task Refuses_a_journal_of_a_newer_version()
    {
        var address = await place.Servers.Servers.Neon.CreateDatabaseAsync($"newer_{Guid.NewGuid():n}", SagaPlace.Token);
        await using var root = new SagaRoot(address, place.Supabase);
        var sagas = new TestSagas(root);
        await sagas.InstallAsync(SagaPlace.Token);
        await sagas.InstallAsync(SagaPlace.Token); // idempotent
        await root.Neon.ExecuteAsync($"update dualdb.schema_versions set version = 99 where module = 'sagas'", SagaPlace.Token);

        var exception = await Assert.ThrowsAsync<SchemaVersionException>(() => sagas.InstallAsync(SagaPlace.Token));
        await Assert.ThrowsAsync<SchemaVersionException>(() => new SagaService(new TestSagas(root, OrderSaga.Define())).StartAsync(SagaPlace.Token));

        Assert.Equal((99, 3), (exception.Installed, exception.Needed));
    }

    [Fact]
    public async Task Says_what_to_grant_where_it_may_not_create()
    {
        var name = $"poor_{Guid.NewGuid():n}";
        var address = await place.Servers.Servers.Neon.CreateDatabaseAsync(name, SagaPlace.Token);
        await using (var admin = new SagaRoot(address, place.Supabase))
        {
            await admin.Neon.ExecuteAsync($"create role {SqlFragment.Identifier(name)} login password 'poor'", SagaPlace.Token);
        }

        await using var root = new SagaRoot(new NpgsqlConnectionStringBuilder(address) { Username = name, Password = "poor" }.ConnectionString, place.Supabase);
        var exception = await Assert.ThrowsAsync<DualDbConfigurationException>(() => new TestSagas(root).InstallAsync(SagaPlace.Token));

        Assert.Contains("grant usage, create on schema dualdb", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_what_to_call_where_the_tables_are_missing()
    {
        var address = await place.Servers.Servers.Neon.CreateDatabaseAsync($"empty_{Guid.NewGuid():n}", SagaPlace.Token);
        await using var root = new SagaRoot(address, place.Supabase);

        var exception = await Assert.ThrowsAsync<SchemaVersionException>(() => new TestSagas(root, OrderSaga.Define()).Order.StartAsync("x", new Cart("Lamp"), SagaPlace.Token));

        Assert.Contains("InstallAsync", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Operations_say_what_there_is_not()
    {
        var node = place.Node(definitions: OrderSaga.Define());

        var saga = await Assert.ThrowsAsync<SagaOperationException>(() => node.Operations.ResumeAsync("none", "x", "ada", "why", SagaPlace.Token));
        var id = await Assert.ThrowsAsync<SagaOperationException>(() => node.Operations.ResumeAsync("order", "none", "ada", "why", SagaPlace.Token));
        var step = await Assert.ThrowsAsync<SagaOperationException>(() => node.Operations.RetryStepAsync("order", "none", "Nap", "ada", "why", SagaPlace.Token));

        Assert.Contains("'order'", saga.Message, StringComparison.Ordinal);
        Assert.Contains("'none'", id.Message, StringComparison.Ordinal);
        Assert.Contains("Place, Hold", step.Message, StringComparison.Ordinal);
        Assert.Null(await node.Operations.FindAsync("order", "none", SagaPlace.Token));
        await Assert.ThrowsAsync<ArgumentException>(() => node.Operations.ResumeAsync("order", "none", " ", "why", SagaPlace.Token));
    }
}
