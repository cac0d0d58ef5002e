using DualDb.IntegrationTests.Repositories;
using DualDb.IntegrationTests.Repositories.Places;
using DualDb.Testing;
using Npgsql;

namespace DualDb.IntegrationTests.Users;

/// <summary>Tables under row-level security, as Supabase sets a project up: the roles anon and authenticated, auth.uid(), and a login role without rights of its own.</summary>
public sealed class Estate(ShapeServers servers) : IAsyncLifetime
{
    public const string Secret = "a-secret-of-these-tests-with-more-than-32-characters";

    private static readonly SemaphoreSlim Roles = new(1, 1);

    private const string Login = "estate_login";

    private readonly string _name = $"estate_{Guid.NewGuid():n}";
    private Place? _place;
    private ShapesDb? _restricted;

    public static readonly Guid Alice = new("a11ce000-0000-4000-8000-000000000001");
    public static readonly Guid Bob = new("b0b00000-0000-4000-8000-000000000002");

    public Place Place => _place!;

    /// <summary>The application itself, which no policy applies to.</summary>
    public ShapesDb Service => Place.Db;

    /// <summary>A root whose login role has no rights but to become a user.</summary>
    public ShapesDb Restricted => _restricted!;

    public LocalPostgres Server => servers.Servers.Supabase;

    public string NeonAddress => new NpgsqlConnectionStringBuilder(servers.Servers.Neon.ConnectionString) { Database = _name }.ConnectionString;

    /// <summary>The address of the service in Supabase.</summary>
    public string SupabaseAddress => new NpgsqlConnectionStringBuilder(Server.ConnectionString) { Database = _name }.ConnectionString;

    /// <summary>The address of the login role without rights.</summary>
    public string RestrictedAddress => new NpgsqlConnectionStringBuilder(SupabaseAddress) { Username = Login, Password = Login }.ConnectionString;

    public async ValueTask InitializeAsync()
    {
        _place = await servers.CreateAsync(_name, static (neon, supabase) => (neon, supabase));

        // Roles belong to the server, on which places are made side by side.
        await Roles.WaitAsync();
        try
        {
            await _place.ExecuteAsync(Database.Supabase, Schema + Policies);
        }
        finally
        {
            Roles.Release();
        }

        _restricted = Open(RestrictedAddress);
    }

    /// <summary>Another root over the same databases.</summary>
    public ShapesDb Open(string supabase, Action<DualDbOptions>? configure = null) => ShapesDb.Create(options =>
    {
        options.Neon.ConnectionString = NeonAddress;
        options.Supabase.ConnectionString = supabase;
        options.Supabase.JwtSecret = Secret;
        options.Supabase.CopyThreshold = Place.CopyThreshold;
        options.Supabase.RetryDelay = TimeSpan.FromMilliseconds(20);
        configure?.Invoke(options);
    });

    public async ValueTask DisposeAsync()
    {
        if (_restricted is not null)
        {
            await _restricted.DisposeAsync();
        }

        if (_place is not null)
        {
            await _place.DisposeAsync();
        }
    }

    private const string Schema =
        """
        do $$
        begin
          if not exists (select from pg_roles where rolname = 'anon') then create role anon nologin noinherit; end if;
          if not exists (select from pg_roles where rolname = 'authenticated') then create role authenticated nologin noinherit; end if;
          if not exists (select from pg_roles where rolname = 'ungranted') then create role ungranted nologin noinherit; end if;
          if not exists (select from pg_roles where rolname = 'estate_login') then
            create role estate_login login noinherit password 'estate_login';
            grant anon, authenticated to estate_login;
          end if;
        end $$;
        create schema auth;
        grant usage on schema auth to anon, authenticated;
        create function auth.uid() returns uuid language sql stable as
          $$ select coalesce(nullif(current_setting('request.jwt.claim.sub', true), ''), nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub')::uuid $$;
        create function auth.role() returns text language sql stable as $$ select nullif(current_setting('request.jwt.claim.role', true), '') $$;
        create function auth.jwt() returns jsonb language sql stable as $$ select nullif(current_setting('request.jwt.claims', true), '')::jsonb $$;
        revoke all on schema public from public;
        """;

    /// <summary>Who may do what, with the roles and functions of Supabase at hand.</summary>
    internal const string Policies =
        """
        grant usage on schema public to anon, authenticated;
        revoke all on user_notes, user_cards, user_stations from anon, authenticated;
        grant select, insert, update, delete on user_notes, user_cards to authenticated;
        grant select on user_notes, user_stations to anon, authenticated;
        alter table user_notes enable row level security;
        alter table user_cards enable row level security;
        create policy read_own on user_notes for select to authenticated using (owner_id = auth.uid() or is_public);
        create policy read_public on user_notes for select to anon using (is_public);
        create policy insert_own on user_notes for insert to authenticated with check (owner_id = auth.uid());
        create policy update_own on user_notes for update to authenticated using (owner_id = auth.uid()) with check (owner_id = auth.uid());
        create policy delete_own on user_notes for delete to authenticated using (owner_id = auth.uid());
        create policy own on user_cards to authenticated using (owner_id = auth.uid() or auth.jwt() ->> 'team' = text) with check (owner_id = auth.uid());
        """;
}
