namespace DualDb.Consistency.Sync.Backfill;

/// <summary>The settings under which rows are given the texts that the trigger gives them; for one transaction.</summary>
internal static class WordSettings
{
    public const string Sql = """
        select set_config('timezone', 'UTC', true), set_config('datestyle', 'ISO, YMD', true), set_config('intervalstyle', 'iso_8601', true), set_config('bytea_output', 'hex', true), set_config('extra_float_digits', '1', true)
        """;
}
