using DualDb.IntegrationTests.Repositories;
using DualDb.IntegrationTests.Repositories.Places;
using DualDb.Testing;

namespace DualDb.IntegrationTests.Rest;

/// <summary>One database, reached over REST and over SQL, whose rows are nasty texts.</summary>
public sealed class EscapingPlace(ShapeServers servers) : IAsyncLifetime
{
    public const int Count = 10_000;

    private Place? _rest;
    private LocalSupabase? _api;
    private ShapesDb? _sql;

    public static IReadOnlyList<string> Texts { get; } = NastyTexts.Take(Count);

    /// <summary>Each text as the key of one row, and as the value of another.</summary>
    public static IReadOnlyList<RestText> Rows { get; } = [.. Texts.Select(static (text, index) => new RestText(text, Texts[(index + 1) % Count], index % 2 == 0 ? text : null))];

    public ShapesDb this[Endpoint endpoint] => endpoint == Endpoint.Rest ? _rest!.Db : _sql!;

    public async ValueTask InitializeAsync()
    {
        (_rest, _api) = await servers.CreateRestAsync($"escaping_{Guid.NewGuid():n}");
        _sql = ShapesDb.Create(options =>
        {
            options.Neon.ConnectionString = _api.ConnectionString;
            options.Supabase.ConnectionString = _api.ConnectionString;
        });
    }

    /// <summary>Writes all rows anew, and returns what the database says that it stored.</summary>
    public async Task<IReadOnlyList<RestText>> WriteAsync(Endpoint endpoint)
    {
        var token = TestContext.Current.CancellationToken;
        await _rest!.ExecuteAsync(Database.Supabase, "truncate rest_texts");
        return await this[endpoint].RestTexts.InsertManyAsync(Rows, token);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var part in new IAsyncDisposable?[] { _sql, _rest, _api })
        {
            if (part is not null)
            {
                await part.DisposeAsync();
            }
        }
    }
}
