namespace DualDb.Rest;

/// <summary>What REST cannot do.</summary>
internal static class RestUnsupported
{
    /// <summary>The exception.</summary>
    /// <param name="what">What cannot be done, as a whole sentence without its point.</param>
    public static NotSupportedException Of(string what)
        => new($"{what} over REST. Set DualDbOptions.Supabase.ConnectionString (SUPABASE_DB_URL), which reaches the database over SQL.");
}
