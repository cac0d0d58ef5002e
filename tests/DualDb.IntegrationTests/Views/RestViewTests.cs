using DualDb.IntegrationTests.Rest;

namespace DualDb.IntegrationTests.Views;

/// <summary>The tests of views and joins once more, with Supabase over REST.</summary>
public sealed class RestViewTests(RestMarket market) : IClassFixture<RestMarket>
{
    private static readonly BorrowedTests Borrowed = new(typeof(CachedViewTests), typeof(JoinTests), typeof(QueryTests), typeof(ReadingTests), typeof(StreamingTests));

    // They look at SQL or break connections, or count round trips: over REST members of one database have requests of their own, and now and then an answer is followed by one that
    // finds out whether it was cut off.
    private static readonly HashSet<string> AboutSql = new(StringComparer.Ordinal)
    {
        "CachedViewTests.A_view_that_was_read_takes_no_statement_until_a_row_of_it_changes",
        "JoinTests.Finds_what_each_row_refers_to_in_one_statement",
        "JoinTests.Finds_what_refers_to_each_row_in_one_statement",
        "JoinTests.Lists_by_a_condition_with_one_statement_per_entity",
        "QueryTests.A_condition_on_a_list_of_the_other_database_keeps_views_with_such_a_row_and_all_their_rows",
        "QueryTests.A_condition_on_a_row_of_the_other_database_is_asked_for_first",
        "QueryTests.A_condition_on_the_root_an_order_and_a_limit",
        "QueryTests.Conditions_on_both_databases_meet_and_the_selective_side_goes_first",
        "ReadingTests.Every_kind_of_link_is_followed",
        "ReadingTests.Many_views_take_two_statements_and_keep_the_order_of_their_keys",
        "ReadingTests.One_view_takes_one_statement_per_database",
        "ReadingTests.Two_hundred_thousand_keys_are_answered_in_order",
        "ReadingTests.Views_within_views_take_one_statement_per_database_and_level",
        "StreamingTests.All_views_come_in_the_order_of_their_keys",
        "StreamingTests.Leaving_early_and_cancelling_leak_nothing",
        "StreamingTests.The_next_chunk_is_fetched_while_the_current_one_is_consumed",
    };

    public static IEnumerable<TheoryDataRow<string>> Cases => Borrowed.Cases(static (suite, test) => AboutSql.Contains(suite + "." + test));

    [Theory]
    [MemberData(nameof(Cases))]
    public Task Holds(string test) => Borrowed.RunAsync(test, market);
}
