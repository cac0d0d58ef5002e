using DualDb.Consistency.Events.Publishing;
using DualDb.Consistency.Events.Schema;
using DualDb.Consistency.Monitoring.Alerts.Sharing;
using DualDb.Consistency.Monitoring.Rollups;
using DualDb.Consistency.Operators;
using DualDb.Consistency.Sagas.Schema;
using DualDb.Consistency.Sync.Schema;
using Npgsql;

namespace DualDb.Consistency.Schema;

/// <summary>Says which part of the schema is missing where a table of it is not there.</summary>
internal static class SchemaFailure
{
    private static readonly (string Part, SchemaModule Module)[] Modules =
    [
        ("verification_", VerificationSchema.Module),
        ("sync_tasks", TaskSchema.Module),
        ("sync_", SyncSchema.Module),
        ("change_log", SyncSchema.Module),
        ("saga_results", SagaSchema.Results),
        ("saga", SagaSchema.Journal),
        ("kpi_", RollupSchema.Module),
        ("alert", AlertSchema.Module),
        ("operator_", AuditSchema.Module),
    ];

    /// <summary>The exception to raise; null where the failure has nothing to do with the schema.</summary>
    public static Exception? Explain(Exception exception, Database database)
        => exception is PostgresException { SqlState: PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InvalidSchemaName } missing && missing.MessageText.Contains("dualdb", StringComparison.Ordinal)
            ? SchemaVersionException.Of(database, Array.Find(Modules, one => missing.MessageText.Contains("dualdb." + one.Part, StringComparison.Ordinal)).Module ?? EventSchema.Module, installed: 0)
            : OutboxFailure.Explain(exception, database);
}
