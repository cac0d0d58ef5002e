using DualDb.IntegrationTests.Rest;

namespace DualDb.IntegrationTests.Views;

/// <summary>The tests of views and joins once more, with Supabase over REST.</summary>
public sealed class RestViewTests(RestMarket market) : IClassFixture<RestMarket>
{
    private static readonly BorrowedTests Borrowed = new(typeof(CachedViewTests), typeof(JoinTests), typeof(QueryTests), typeof(ReadingTests), typeof(StreamingTests));

    public static IEnumerable<TheoryDataRow<string>> Cases => Borrowed.Cases(static (_, _) => false);

    [Theory]
    [MemberData(nameof(Cases))]
    public Task Holds(string test) => Borrowed.RunAsync(test, market);
}
