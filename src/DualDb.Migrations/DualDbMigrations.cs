using System.Reflection;
using DualDb.Migrations.Files;
using DualDb.Migrations.Linting;
using DualDb.Migrations.Model;
using DualDb.Migrations.Planning;

namespace DualDb.Migrations;

/// <summary>The migrations of an application over both databases. They are read at once, and put into an order when all are together.</summary>
public sealed class DualDbMigrations
{
    private readonly IReadOnlyList<Migration> _migrations;
    private readonly Lazy<IReadOnlyList<Migration>> _ordered;

    private DualDbMigrations(IEnumerable<Migration> migrations, IEnumerable<Seed> seeds)
    {
        _migrations = [.. migrations];
        Seeds = [.. seeds];

        // Not yet: a file may require a migration of code, which comes with the next call.
        _ordered = new Lazy<IReadOnlyList<Migration>>(() => ImpliedOrder.Of(_migrations));
    }

    /// <summary>All migrations, in the order in which they are applied.</summary>
    /// <exception cref="MigrationFileException">Two share an id, one requires what is not there, or they require each other in a circle.</exception>
    public IReadOnlyList<MigrationId> Ids => [.. Ordered.Select(static migration => migration.Id)];

    /// <summary>The migrations, in the order in which they are applied.</summary>
    internal IReadOnlyList<Migration> Ordered => _ordered.Value;

    /// <summary>The files of rows, in the order in which they are run where <see cref="MigrationOptions.Seeds"/> asks for them.</summary>
    internal IReadOnlyList<Seed> Seeds { get; }

    /// <summary>Reads the migrations of a folder: <c>neon/*.sql</c> and <c>supabase/*.sql</c> in it, and in folders below those. The folders <c>seeds</c> hold rows: see <see cref="MigrationOptions.Seeds"/>.</summary>
    /// <param name="folder">The folder; a relative one is looked for where the program lies, and then in the current directory.</param>
    /// <exception cref="MigrationFileException">There is no such folder, or a file cannot be read.</exception>
    public static DualDbMigrations FromFolder(string folder)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        var beside = Path.Combine(AppContext.BaseDirectory, folder);
        var found = Directory.Exists(beside) ? beside : folder;
        return new DualDbMigrations(FolderSource.Read(found), FolderSource.Seeds(found));
    }

    /// <summary>Reads the migrations that are embedded in an assembly.</summary>
    /// <param name="assembly">The assembly. Its project says <c>&lt;EmbeddedResource Include="migrations/**/*.sql" LogicalName="migrations/%(RecursiveDir)%(Filename)%(Extension)" /&gt;</c>.</param>
    /// <param name="prefix">What the names of their resources begin with, in front of <c>/neon/</c> and <c>/supabase/</c>.</param>
    /// <exception cref="MigrationFileException">There are none, or one cannot be read.</exception>
    public static DualDbMigrations FromAssembly(Assembly assembly, string prefix = "migrations")
    {
        ArgumentNullException.ThrowIfNull(assembly);
        ArgumentException.ThrowIfNullOrWhiteSpace(prefix);
        return new DualDbMigrations(AssemblySource.Read(assembly, prefix), AssemblySource.Seeds(assembly, prefix));
    }

    /// <summary>The same with migrations of code.</summary>
    /// <param name="migrations">The migrations; one instance of each serves all runs.</param>
    /// <returns>A new set; this one stays as it is.</returns>
    /// <exception cref="MigrationFileException">An id is malformed.</exception>
    public DualDbMigrations With(params IReadOnlyCollection<IDataMigration> migrations)
    {
        ArgumentNullException.ThrowIfNull(migrations);
        return new DualDbMigrations(_migrations.Concat(migrations.Select(MigrationReader.Read)), Seeds);
    }

    /// <summary>
    /// Looks for statements that are likely to disturb an application that runs, or to break a version of it. It reads the files and asks no database; a test of yours can require that nothing is found.
    /// </summary>
    /// <returns>What was found, in the order of the migrations, without what the files accept.</returns>
    /// <exception cref="MigrationFileException">The migrations cannot be put into an order.</exception>
    public IReadOnlyList<MigrationFinding> Lint()
        => [.. Ordered.OfType<SqlMigration>().SelectMany(static migration => new StatementLint(migration).Run()), .. new MoveLint([.. Ordered.OfType<SqlMigration>()]).Run()];

    /// <summary>Looks as <see cref="Lint()"/> does, and also at what the files do to columns that the model synchronises.</summary>
    /// <param name="model">The model: <c>SchemaModel.Of&lt;ShopDb&gt;()</c>.</param>
    /// <returns>What was found, without what the files accept: first by statement, then by column.</returns>
    /// <exception cref="MigrationFileException">The migrations cannot be put into an order.</exception>
    public IReadOnlyList<MigrationFinding> Lint(SchemaModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return [.. Lint(), .. new ModelLint([.. Ordered.OfType<SqlMigration>()], model).Run()];
    }

    internal static DualDbMigrations Of(IEnumerable<Migration> migrations) => new(migrations, []);
}
