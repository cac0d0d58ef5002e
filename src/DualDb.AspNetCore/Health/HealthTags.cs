namespace DualDb.AspNetCore.Health;

/// <summary>By what checks are chosen: <c>new HealthCheckOptions { Predicate = check =&gt; check.Tags.Contains(HealthTags.Ready) }</c>.</summary>
public static class HealthTags
{
    /// <summary>Whether the process should be started anew. Databases have no part in it: starting anew does not bring them back.</summary>
    public const string Live = "live";

    /// <summary>Whether the process can serve just now.</summary>
    public const string Ready = "ready";

    /// <summary>All checks of this library.</summary>
    public const string DualDb = "dualdb";
}
