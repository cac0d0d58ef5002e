namespace DualDb.IntegrationTests.Repositories.Contract;

/// <summary>What differs over REST; the guide on REST and SQL lists the same, for users.</summary>
internal static class RestDifferences
{
    /// <summary>Whether an operation on a shape has another outcome over REST.</summary>
    public static bool Has(string shape, string operation)
        => HasNoWayToOverwrite(shape, operation)

            // The local server does not take the quotes off names by which rows conflict, which PostgREST does.
            || (string.Equals(shape, "QuotedNames", StringComparison.Ordinal)
                && (operation.StartsWith("Upsert", StringComparison.Ordinal) || operation.StartsWith("A_key_has", StringComparison.Ordinal)))

            // JSON's null in a column that accepts no NULL: PostgREST takes it for NULL.
            || (string.Equals(shape, "Documents", StringComparison.Ordinal));

    // Rows with a version or with times are not overwritten all at once, but refused.
    private static bool HasNoWayToOverwrite(string shape, string operation)
        => IsTraced(shape)
            && (operation.StartsWith("UpsertMany_inserts", StringComparison.Ordinal)
                || operation.StartsWith("UpsertMany_mixes", StringComparison.Ordinal)
                || operation.StartsWith("A_key_has_one_text", StringComparison.Ordinal));

    private static bool IsTraced(string shape)
    {
        var entity = EntityFacts.All.Single(entity => entity.Database == Database.Supabase && string.Equals(entity.Name, shape, StringComparison.Ordinal));
        return entity.Columns.Any(static column => column.Role is Mapping.ColumnRole.Version or Mapping.ColumnRole.CreatedAt or Mapping.ColumnRole.UpdatedAt);
    }
}
