namespace DualDb.IntegrationTests.Querying;

/// <summary>The tests of queries whose subject REST does not have; the guide on REST and SQL lists the same, for users.</summary>
internal static class RestQueryDifferences
{
    private static readonly Dictionary<string, string[]> Without = new(StringComparer.Ordinal)
    {
        // Transactions and locks, and what is seen of them from the server.
        ["a transaction"] =
        [
            "PatchingTests.Works_in_transactions", "StreamingTests.Leaves_a_clean_pool_when_it_is_cancelled_within_a_statement", "StreamingTests.Gives_its_connection_back_when_it_is_left_early",
        ],

        // Columns computed from others, and columns compared with others.
        ["computed columns"] =
        [
            "ProjectionTests.Selects_up_to_eight_columns", "ProjectionTests.Reads_whole_rows", "ProjectionTests.Reads_first_single_and_distinct", "GroupingTests.Groups_by_what_is_computed",
            "PagingTests.Walks_any_order_forward_to_the_end_and_back_to_the_start", "RefusedValueTests.Compares_texts_that_ignore_case_as_memory_does",
            "RefusedValueTests.Compares_with_what_no_column_could_hold", "UpdatingTests.Sets_every_kind_of_column_and_null", "PatchingTests.Works_with_keys_of_several_columns_and_with_types_of_the_users",
        ],
        ["computed columns among others"] =
        [
            "RefusedValueTests.Refuses_texts_that_are_none_in_every_position", "AggregateTests.Finds_the_least_and_the_greatest_of_texts_times_and_types_of_the_users",
            "AggregateTests.Says_when_a_sum_does_not_fit",
        ],

        // The local server takes a column of the name of a function for the function; PostgREST does not.
        ["a column called count"] = ["GroupingTests.Groups_by_columns_whose_names_functions_bear"],
        ["conditions on groups"] = ["GroupingTests.Keeps_the_groups_that_are_asked_for"],
        ["aggregates of limited rows"] = ["AggregateTests.Sums_rows_and_what_the_limits_leave", "AggregateTests.Averages_every_kind_of_number"],

        // Updates and marks by a condition would count up versions, which one request cannot.
        ["versions counted up by a condition"] =
        [
            "UpdatingTests.Works_with_keys_of_several_columns_in_the_other_database", "UpdatingTests.Marks_rows_and_leaves_marked_ones_alone",
            "UpdatingTests.Updates_rows_their_versions_and_their_times", "UpdatingTests.Explains_what_a_constraint_refuses_and_changes_nothing", "UpdatingTests.Needs_a_condition_or_the_name_of_all",
        ],

        // An address has an end; a list that stands alone is sent in parts.
        ["conditions of any length"] =
        [
            "LongConditionTests.Takes_lists_of_two_hundred_thousand", "LongConditionTests.Refuses_conditions_nested_too_deep", "LongConditionTests.Refuses_more_than_the_protocol_can_carry",
            "LongConditionTests.Joins_thousands_of_conditions_in_a_loop",
        ],

        // Tests that count the statements of one connection.
        ["statements to count"] =
        [
            "PatchingTests.Sets_the_named_columns_alone", "LongConditionTests.Finds_many_keys_in_chunks_in_their_order", "LongConditionTests.Sends_nothing_where_an_empty_list_decides",
            "StreamingTests.Yields_what_a_list_holds",
        ],
    };

    private static readonly HashSet<string> All = [.. Without.Values.SelectMany(static tests => tests)];

    public static bool Has(string suite, string test) => All.Contains(suite + "." + test);
}
