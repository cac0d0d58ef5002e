using DualDb.Consistency.Events.Schema;
using DualDb.Consistency.Monitoring.Alerts.Sharing;
using DualDb.Consistency.Monitoring.Rollups;
using DualDb.Consistency.Operators;
using DualDb.Consistency.Sagas.Schema;
using DualDb.Consistency.Sync.Schema;

namespace DualDb.Consistency;

/// <summary>The schema <c>dualdb</c> as SQL, for those who migrate themselves. Each script is one transaction and can be run again.</summary>
public static class ConsistencySchema
{
    /// <summary>The outbox, the inbox and what belongs to them: for Neon and for Supabase.</summary>
    public static string Events => EventSchema.Module.ToScript();

    /// <summary>The change log and what the synchronisation keeps beside it: for Neon and for Supabase. <c>db.Sync.InstallAsync()</c> then adds the triggers of the tables.</summary>
    public static string Sync => ChangeLog.ChangeLogSchema.Create + "\n" + SyncSchema.Module.ToScript() + "\n" + TaskSchema.Module.ToScript() + "\n" + VerificationSchema.Module.ToScript();

    /// <summary>What the steps of sagas leave behind: for Neon and for Supabase.</summary>
    public static string SagaResults => SagaSchema.Results.ToScript();

    /// <summary>The journal of sagas: for their home database, which is Neon unless <see cref="Sagas.SagaOptions.Home"/> says otherwise.</summary>
    public static string SagaJournal => SagaSchema.Journal.ToScript();

    /// <summary>What the monitoring keeps of its figures: for their home database, which is Supabase unless <see cref="Monitoring.MonitoringOptions.Home"/> says otherwise.</summary>
    public static string Monitoring => RollupSchema.Module.ToScript();

    /// <summary>What nodes share alerts through: for Neon and for Supabase.</summary>
    public static string Alerts => AlertSchema.Module.ToScript();

    /// <summary>What is kept of what operators did: for the database that <see cref="Monitoring.MonitoringOptions.Home"/> names.</summary>
    public static string Audit => AuditSchema.Module.ToScript();
}
