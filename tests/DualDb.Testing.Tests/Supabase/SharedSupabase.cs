namespace DualDb.Testing.Tests.Supabase;

/// <summary>One API per test class over a database of its own, with a table under row-level security and one of many types.</summary>
public sealed class SharedSupabase(SharedServers servers) : IAsyncLifetime
{
    private const string Tables = """
        create table note (id int generated always as identity, owner uuid not null default auth.uid(), body text not null);
        alter table note enable row level security;
        create policy own on note to authenticated using (owner = auth.uid()) with check (owner = auth.uid());
        create table kind (id int primary key, long bigint, exact numeric, bytes bytea, at timestamptz, real float8, yes bool, texts text[], doc jsonb, word text,
            constraint word_is_short check (length(word) < 100));
        """;

    private LocalSupabase? _supabase;

    public LocalSupabase Api => _supabase!;

    public async ValueTask InitializeAsync()
    {
        var database = await servers.Supabase.CreateDatabaseAsync($"api_{Guid.NewGuid():N}", Sql.Token);
        _supabase = await LocalSupabase.StartAsync(options => options.ConnectionString = database, Sql.Token);
        await Sql.ScalarAsync(database, Tables);
        await _supabase.ReloadSchemaAsync(Sql.Token);
    }

    public async ValueTask DisposeAsync()
    {
        if (_supabase is not null)
        {
            await _supabase.DisposeAsync();
        }
    }
}
