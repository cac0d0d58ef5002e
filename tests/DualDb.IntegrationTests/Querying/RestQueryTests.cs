using DualDb.IntegrationTests.Rest;

namespace DualDb.IntegrationTests.Querying;

/// <summary>The tests of queries once more, over REST: all of them but those whose subject REST does not have.</summary>
public sealed class RestQueryTests(RestQueryPlace place) : IClassFixture<RestQueryPlace>
{
    private static readonly BorrowedTests Borrowed = new(
        typeof(AggregateTests), typeof(CursorTests), typeof(GroupingTests), typeof(LongConditionTests), typeof(PagingTests), typeof(PatchingTests), typeof(ProjectionTests),
        typeof(RefusedValueTests), typeof(StreamingTests), typeof(UpdatingTests));

    public static IEnumerable<TheoryDataRow<string>> Cases => Borrowed.Cases(RestQueryDifferences.Has);

    [Theory]
    [MemberData(nameof(Cases))]
    public Task Holds(string test) => Borrowed.RunAsync(test, place);
}
