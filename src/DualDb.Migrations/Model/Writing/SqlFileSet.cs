namespace DualDb.Migrations.Model.Writing;

/// <summary>The files of one migration in one database.</summary>
/// <param name="database">The database.</param>
internal sealed class SqlFileSet(Database database)
{
    private readonly Dictionary<FileKind, SqlFile> _files = FileKind.All.ToDictionary(static kind => kind, kind => new SqlFile(database, kind));
    private readonly HashSet<string> _created = new(StringComparer.Ordinal);

    public Database Database { get; } = database;

    public SqlFile Values => _files[FileKind.Values];

    public SqlFile Expand => _files[FileKind.Expand];

    public SqlFile Backfill => _files[FileKind.Backfill];

    public SqlFile NotNull => _files[FileKind.NotNull];

    public SqlFile Switch => _files[FileKind.Switch];

    public SqlFile Contract => _files[FileKind.Contract];

    public SqlFile Validate => _files[FileKind.Validate];

    /// <summary>Those with statements, in their order.</summary>
    public IReadOnlyList<SqlFile> Written => [.. _files.Values.Where(static file => !file.IsEmpty).OrderBy(static file => file.Kind.Order)];

    /// <summary>Says that a table is created by this migration: it is empty, and nobody waits for it.</summary>
    public void Creates(TableModel table) => _created.Add(SqlName.Of(table));

    public bool IsNew(TableModel table) => _created.Contains(SqlName.Of(table));
}
