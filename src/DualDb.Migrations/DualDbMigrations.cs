using System.Reflection;
using DualDb.Migrations.Files;
using DualDb.Migrations.Planning;

namespace DualDb.Migrations;

/// <summary>The migrations of an application over both databases, read and checked: they can be put into an order.</summary>
public sealed class DualDbMigrations
{
    private DualDbMigrations(IEnumerable<Migration> migrations) => Ordered = MigrationOrder.Of([.. migrations]);

    /// <summary>All migrations, in the order in which they are applied.</summary>
    public IReadOnlyList<MigrationId> Ids => [.. Ordered.Select(static migration => migration.Id)];

    /// <summary>The migrations, in the order in which they are applied.</summary>
    internal IReadOnlyList<Migration> Ordered { get; }

    /// <summary>Reads the migrations of a folder: <c>neon/*.sql</c> and <c>supabase/*.sql</c> in it, and in folders below those.</summary>
    /// <param name="folder">The folder; a relative one is looked for where the program lies, and then in the current directory.</param>
    /// <exception cref="MigrationFileException">There is no such folder, a file cannot be read, or the migrations cannot be put into an order.</exception>
    public static DualDbMigrations FromFolder(string folder)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        var beside = Path.Combine(AppContext.BaseDirectory, folder);
        return new DualDbMigrations(FolderSource.Read(Directory.Exists(beside) ? beside : folder));
    }

    /// <summary>Reads the migrations that are embedded in an assembly.</summary>
    /// <param name="assembly">The assembly. Its project says <c>&lt;EmbeddedResource Include="migrations/**/*.sql" LogicalName="migrations/%(RecursiveDir)%(Filename)%(Extension)" /&gt;</c>.</param>
    /// <param name="prefix">What the names of their resources begin with, in front of <c>/neon/</c> and <c>/supabase/</c>.</param>
    /// <exception cref="MigrationFileException">There are none, one cannot be read, or they cannot be put into an order.</exception>
    public static DualDbMigrations FromAssembly(Assembly assembly, string prefix = "migrations")
    {
        ArgumentNullException.ThrowIfNull(assembly);
        ArgumentException.ThrowIfNullOrWhiteSpace(prefix);
        return new DualDbMigrations(AssemblySource.Read(assembly, prefix));
    }

    /// <summary>The same with migrations of code.</summary>
    /// <param name="migrations">The migrations; one instance of each serves all runs.</param>
    /// <returns>A new set; this one stays as it is.</returns>
    /// <exception cref="MigrationFileException">An id is malformed or taken, or they cannot be put into an order.</exception>
    public DualDbMigrations With(params IReadOnlyCollection<IDataMigration> migrations)
    {
        ArgumentNullException.ThrowIfNull(migrations);
        return new DualDbMigrations(Ordered.Concat(migrations.Select(MigrationReader.Read)));
    }

    internal static DualDbMigrations Of(IEnumerable<Migration> migrations) => new(migrations);
}
