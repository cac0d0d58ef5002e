using DualDb.Consistency.Schema;

namespace DualDb.Consistency.Monitoring.Alerts.Sharing;

/// <summary>What nodes tell each other of, who evaluates it, and what came of it. In both databases: while one is away, the other serves.</summary>
internal static class AlertSchema
{
    private const string Version1 = """
        create table dualdb.alert_nodes
        (
            application text not null,
            node uuid not null,
            signals text not null,
            seen_at timestamptz not null,
            primary key (application, node)
        ) with (fillfactor = 50);

        create table dualdb.alert_leases
        (
            application text primary key,
            owner uuid not null,
            expires_at timestamptz not null
        ) with (fillfactor = 50);

        create table dualdb.alerts
        (
            application text not null,
            rule text not null,
            subject text not null,
            since timestamptz not null,
            severity text not null,
            words text not null,
            fired_at timestamptz not null,
            told_at timestamptz,
            told integer not null,
            resolved_at timestamptz,
            primary key (application, rule, subject, since)
        );
        create index on dualdb.alerts (application, fired_at);

        create table dualdb.alert_silences
        (
            id bigint generated always as identity primary key,
            application text not null,
            rule text,
            until timestamptz not null,
            who text not null,
            reason text not null,
            created_at timestamptz not null default clock_timestamp()
        );

        """;

    /// <summary>The module.</summary>
    public static SchemaModule Module { get; } = new("alerts", Version1);
}
