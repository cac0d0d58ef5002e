using DualDb.Consistency.Events.Schema;

namespace DualDb.Consistency;

/// <summary>The schema <c>dualdb</c> as SQL, for those who migrate themselves. Each script is one transaction and can be run again.</summary>
public static class ConsistencySchema
{
    /// <summary>The outbox, the inbox and what belongs to them: for Neon and for Supabase.</summary>
    public static string Events => EventSchema.Module.ToScript();
}
