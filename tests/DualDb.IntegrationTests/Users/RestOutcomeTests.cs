namespace DualDb.IntegrationTests.Users;

/// <summary>The same operations, users and rows as over SQL come to the same over REST.</summary>
public sealed class RestOutcomeTests(RestEstate estate) : IClassFixture<RestEstate>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<int> Cases => [.. Enumerable.Range(0, UserCase.All.Count).Where(static number => !IsDifferent(UserCase.All[number]))];

    [Fact]
    public void Forty_cases_and_more_are_the_same() => Assert.True(Cases.Count >= 40);

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_case_has_the_same_outcome(int number)
    {
        var @case = UserCase.All[number];

        var outcome = await new UserCaseRunner(estate.Root.AsUser, estate.Service, estate.Api.JwtSecret).RunAsync(@case);

        Assert.True((@case.Outcome, @case.Left) == outcome, $"{@case}: expected {(@case.Outcome, @case.Left)}, but {outcome} came of it.");
    }

    // Versions of many rows cannot be counted up in one request; and an upsert of a row that may be read and not written finds, in its several requests, nothing that it could change.
    private static bool IsDifferent(UserCase @case)
        => @case.Act is Act.UpsertMany or Act.UpdateWhere || @case is { Act: Act.Upsert, Row: Row.BobsPublic };

    [Fact]
    public async Task Cached_rows_are_each_users_own()
    {
        var card = await estate.Service.UserCards.InsertAsync(new UserCard(Guid.NewGuid(), Estate.Alice, Guid.NewGuid().ToString("n"), "card"), Token);
        for (var turn = 0; turn < 3; turn++)
        {
            Assert.NotNull(await estate.Root.UserCards.FindAsync(card.Id, Token));
            Assert.NotNull(await estate.Root.AsUser(() => Jwt.Of(Estate.Alice, secret: estate.Api.JwtSecret)).UserCards.FindAsync(card.Id, Token));
            Assert.Null(await estate.Root.AsUser(() => Jwt.Of(Estate.Bob, secret: estate.Api.JwtSecret)).UserCards.FindAsync(card.Id, Token));
        }
    }

    [Fact]
    public async Task A_made_up_token_finds_nothing_in_memory()
    {
        var card = await estate.Service.UserCards.InsertAsync(new UserCard(Guid.NewGuid(), Estate.Alice, Guid.NewGuid().ToString("n"), "card"), Token);
        Assert.NotNull(await estate.Root.AsUser(UserSession.FromVerifiedToken(Jwt.Of(Estate.Alice, secret: estate.Api.JwtSecret))).UserCards.FindAsync(card.Id, Token));
        Assert.NotNull(await estate.Root.AsUser(() => Jwt.Of(Estate.Alice, secret: estate.Api.JwtSecret)).UserCards.FindAsync(card.Id, Token));

        var forger = estate.Root.AsUser(static () => Jwt.Of(Estate.Alice, secret: "made up, and as long as a secret has to be"));

        await Assert.ThrowsAnyAsync<DualDbException>(async () => await forger.UserCards.FindAsync(card.Id, Token));
        await Assert.ThrowsAnyAsync<DualDbException>(() => forger.UserCards.FindByCodeAsync(card.Code, Token).AsTask());
    }

    [Fact]
    public async Task A_session_without_a_token_is_refused()
        => await Assert.ThrowsAsync<AccessTokenException>(async () => await estate.Root.AsUser(new UserSession(Estate.Alice)).UserNotes.CountAsync(Token));
}
