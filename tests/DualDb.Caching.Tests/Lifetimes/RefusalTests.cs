namespace DualDb.Caching.Tests.Lifetimes;

/// <summary>An expired row stands in for one that cannot be read, and never for one that may not be.</summary>
public sealed class RefusalTests
{
    public static TheoryData<string> Refusals => ["token", "grant", "login", "PGRST301", "HTTP401", "member"];

    private static Exception Of(string refusal) => refusal switch
    {
        "token" => new AccessTokenException("refused"),
        "grant" => new DatabaseErrorException("refused") { SqlState = "42501" },
        "login" => new DatabaseUnavailableException("refused", new Npgsql.PostgresException("refused", "FATAL", "FATAL", "28P01")),
        "member" => new ViewMemberFailedException("View", "Row", Database.Supabase, new DatabaseErrorException("refused") { SqlState = "42501" }),
        _ => new DatabaseErrorException("refused") { SqlState = refusal },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task What_is_refused_is_given_out_no_more(string refusal)
    {
        using var rows = Warm();
        Assert.NotNull(await rows.ReadAsync());
        Assert.NotNull(Assert.Single(await rows.ReadManyAsync("many")));
        rows.Clock.Advance(Rows.Duration);

        rows.Source = () => throw Of(refusal);
        Assert.IsType(Of(refusal).GetType(), await Record.ExceptionAsync(() => rows.ReadAsync()));
        Assert.IsType(Of(refusal).GetType(), await Record.ExceptionAsync(() => rows.ReadManyAsync("many")));

        // Nor when the server is merely away, later.
        rows.Source = static () => throw new DatabaseUnavailableException("away");
        await Assert.ThrowsAsync<DatabaseUnavailableException>(() => rows.ReadAsync());
        await Assert.ThrowsAsync<DatabaseUnavailableException>(() => rows.ReadManyAsync("many"));
    }

    [Fact]
    public async Task Trouble_that_passes_is_bridged()
    {
        using var rows = Warm();
        var row = await rows.ReadAsync();
        rows.Clock.Advance(Rows.Duration);

        rows.Source = static () => throw new DatabaseUnavailableException("away");

        Assert.Same(row, await rows.ReadAsync());
    }

    [Fact]
    public async Task Other_claims_are_no_trouble_that_passes()
    {
        using var rows = Warm();
        await rows.ReadAsync();
        rows.Clock.Advance(Rows.Duration);

        rows.Source = static () => throw new ClaimsChangedException();

        await Assert.ThrowsAsync<ClaimsChangedException>(() => rows.ReadAsync());
    }

    private static Rows Warm() => new(static settings => settings with { FailSafe = TimeSpan.FromHours(1) });
}
