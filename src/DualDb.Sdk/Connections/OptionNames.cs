namespace DualDb.Connections;

/// <summary>The places in which a database's options can be set.</summary>
internal static class OptionNames
{
    /// <summary>The configuration section that holds the options of both databases.</summary>
    public const string Section = "DualDb";

    /// <summary>The environment variable that says where Redis is.</summary>
    public const string RedisVariable = "REDIS_URL";

    /// <summary>The environment variable with the connection string.</summary>
    public static string Variable(Database database) => database == Database.Neon ? "NEON_DATABASE_URL" : "SUPABASE_DB_URL";

    /// <summary>An option as code names it.</summary>
    public static string Option(Database database, string property) => $"{database}.{property}";

    /// <summary>An option as configuration names it.</summary>
    public static string Key(Database database, string property) => $"{Section}:{database}:{property}";
}
