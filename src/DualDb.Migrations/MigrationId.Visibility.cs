namespace DualDb.Migrations;

// The other part is also compiled into the analyzers, where nothing is public.
public readonly partial record struct MigrationId;
