namespace DualDb.Caching;

/// <summary>
/// The names in Redis. What the braces enclose decides the slot of a cluster: all keys of an application lie in one, since scripts may only touch keys of one slot.
/// </summary>
internal sealed class RedisKeys(string prefix)
{
    private readonly string _root = "{" + prefix + "}:";

    /// <summary>A random text that is written when Redis is found empty: payloads and numbers of another epoch mean nothing.</summary>
    public string Epoch => _root + "epoch";

    /// <summary>The number of the last invalidation.</summary>
    public string Number => _root + "number";

    /// <summary>The stream of invalidations, each under its number.</summary>
    public string Log => _root + "log";

    /// <summary>The channel on which invalidations are announced as they are written.</summary>
    public string Channel => _root + "invalidations";

    /// <summary>The number of the last invalidation of a dependency.</summary>
    public string DependencyOf(string name) => _root + "d:" + name;

    /// <summary>The number of the last invalidation of an entry, whatever versions of the model hold it.</summary>
    public string VersionOf(CacheAddress address) => VersionsOf(address.Subject, address.Kind) + address.Text;

    public string VersionsOf(string subject, string kind) => _root + subject + ":v:" + kind + ":";

    public string PayloadsOf(string subject, string schema, string kind) => _root + subject + ":" + schema + ":" + kind + ":";

    public string LocksOf(string subject, string kind) => _root + subject + ":l:" + kind + ":";

    /// <summary>Says that something was written to the log already.</summary>
    public string OnceOf(string what) => _root + "once:" + what;

    /// <summary>How far the changes of a database have been read by any node.</summary>
    public string ChangesOf(Database database) => _root + "changes:" + (database == Database.Neon ? "neon" : "supabase");
}
