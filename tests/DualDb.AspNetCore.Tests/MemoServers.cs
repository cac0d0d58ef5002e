using DualDb.AspNetCore.Tests;
using DualDb.Testing;
using Npgsql;

[assembly: AssemblyFixture(typeof(MemoServers))]

namespace DualDb.AspNetCore.Tests;

/// <summary>A database with memos of two users under row-level security.</summary>
public sealed class MemoServers : IAsyncLifetime
{
    private LocalServers? _servers;

    public static readonly Guid Alice = new("a11ce000-0000-4000-8000-000000000001");
    public static readonly Guid Bob = new("b0b00000-0000-4000-8000-000000000002");

    public LocalServers Servers => _servers!;

    public string Address => Servers.Supabase.ConnectionString;

    public async ValueTask InitializeAsync()
    {
        _servers = await LocalServers.StartAsync(TestContext.Current.CancellationToken);
        await using (var root = MemoDb.Create(options => (options.Neon.ConnectionString, options.Supabase.ConnectionString) = (Servers.Neon.ConnectionString, Address)))
        {
            await root.CreateTablesAsync();
            await root.Memos.InsertManyAsync([new Memo(Guid.NewGuid(), Alice, "hers"), new Memo(Guid.NewGuid(), Bob, "his"), new Memo(Guid.NewGuid(), Bob, "his too")]);
        }

        await using var source = NpgsqlDataSource.Create(Address);
        await using var command = source.CreateCommand(
            """
            create role anon nologin;
            create role authenticated nologin;
            grant select on memos to anon, authenticated;
            alter table memos enable row level security;
            create policy own on memos to authenticated using (owner_id = nullif(current_setting('request.jwt.claim.sub', true), '')::uuid);
            """);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (_servers is not null)
        {
            await _servers.DisposeAsync();
        }
    }
}
