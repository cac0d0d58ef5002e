using DualDb.IntegrationTests.Repositories;

namespace DualDb.IntegrationTests.Users;

/// <summary>What policies allow, operation by operation: the same whatever the login role may do itself.</summary>
public sealed class OutcomeTests(Estate estate) : IClassFixture<Estate>
{
    public static TheoryData<int> Cases => [.. Enumerable.Range(0, UserCase.All.Count)];

    [Theory]
    [MemberData(nameof(Cases))]
    public Task A_login_role_without_rights_acts_as_the_user(int number) => CheckAsync(number, estate.Restricted);

    [Theory]
    [MemberData(nameof(Cases))]
    public Task A_superuser_acts_as_the_user(int number) => CheckAsync(number, estate.Service);

    private async Task CheckAsync(int number, ShapesDb origin)
    {
        var @case = UserCase.All[number];

        var outcome = await new UserCaseRunner(origin.AsUser, estate.Service, Estate.Secret).RunAsync(@case);

        Assert.True((@case.Outcome, @case.Left) == outcome, $"{@case}: expected {(@case.Outcome, @case.Left)}, but {outcome} came of it.");
    }
}
