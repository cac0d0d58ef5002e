using System.Globalization;
using System.Text;
using DualDb.Migrations.Files;
using DualDb.Migrations.Planning;

namespace DualDb.Migrations.Model.Writing;

/// <summary>A migration file that is being written.</summary>
/// <param name="database">The database.</param>
/// <param name="kind">Which of the files of a migration it is.</param>
internal sealed class SqlFile(Database database, FileKind kind)
{
    private const int BatchSize = 5_000;

    private readonly List<string> _up = [];
    private readonly List<string> _down = [];
    private bool _isReversible = true;

    public Database Database { get; } = database;

    public FileKind Kind { get; } = kind;

    public bool IsEmpty => _up.Count == 0 && Moves.Count == 0;

    /// <summary>The tables that change the database with it.</summary>
    public List<(TableModel From, TableModel To)> Moves { get; } = [];

    /// <summary>What comes before it; empty for what its name says.</summary>
    public List<MigrationId> Requires { get; } = [];

    /// <summary>How many rows a transaction changes of an update; null where none is divided.</summary>
    public int? Batch { get; private set; }

    /// <summary>The rules that it does not mind, each with a reason.</summary>
    public SortedDictionary<string, string> Accepts { get; } = new(StringComparer.Ordinal);

    /// <summary>Adds a statement, and what takes it back: null where nothing can, empty where nothing has to.</summary>
    public SqlFile Add(string sql, string? down)
    {
        _up.Add(LineBreakLiterals.Escape(sql));
        _isReversible &= down is not null;
        if (down is { Length: > 0 })
        {
            _down.Insert(0, LineBreakLiterals.Escape(down));
        }

        return this;
    }

    /// <summary>Adds an update that many rows may need, to be run for some of them at a time.</summary>
    public SqlFile AddDivided(string sql)
    {
        Batch = BatchSize;
        return Add(sql, "");
    }

    /// <summary>The text of the file.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        if (Requires.Count > 0)
        {
            text.Append("-- requires: ").AppendJoin(", ", Requires).Append('\n');
        }

        text.Append("-- phase: ").Append(PlanText.NameOf(Kind.Phase)).Append('\n');
        if (Kind.IsIsolated)
        {
            text.Append("-- transaction: none\n");
        }

        foreach (var (from, to) in Moves)
        {
            text.Append("-- move: ").Append(new TableMove(new TableName(from.Schema, from.Name), new TableName(to.Schema, to.Name))).Append('\n');
        }

        if (Batch is { } rows)
        {
            text.Append(CultureInfo.InvariantCulture, $"-- batch: {rows}\n");
        }

        foreach (var (rule, reason) in Accepts)
        {
            text.Append("-- accept: ").Append(rule).Append(' ').Append(reason).Append('\n');
        }

        foreach (var (from, to) in Moves)
        {
            text.Append('\n').Append(MoveText.Of(Kind.Phase, from, to)).Append('\n');
        }

        if (_up.Count > 0)
        {
            text.Append('\n').AppendJoin("\n\n", _up).Append('\n');
        }

        if (_isReversible)
        {
            text.Append("\n-- down:").Append(_down.Count == 0 ? " none" : "\n").AppendJoin("\n", _down).Append('\n');
        }

        return text.ToString();
    }
}

/// <summary>The files that one migration may be divided into, in their order.</summary>
/// <param name="Order">Its place.</param>
/// <param name="Ending">What follows the name of the migration.</param>
/// <param name="Phase">The phase.</param>
/// <param name="IsIsolated">Whether each statement is committed by itself.</param>
internal sealed record FileKind(int Order, string Ending, MigrationPhase Phase, bool IsIsolated)
{
    /// <summary>Values of enums, which cannot be used in the transaction that adds them.</summary>
    public static FileKind Values { get; } = new(0, "_values", MigrationPhase.Expand, IsIsolated: true);

    /// <summary>What both versions of the application bear.</summary>
    public static FileKind Expand { get; } = new(1, "", MigrationPhase.Expand, IsIsolated: false);

    /// <summary>Rows are filled, and what was added without looking at them is checked.</summary>
    public static FileKind Backfill { get; } = new(2, "_backfill", MigrationPhase.Backfill, IsIsolated: false);

    /// <summary>Columns become not null, without a lock for as long as their rows are looked at.</summary>
    public static FileKind NotNull { get; } = new(3, "_not_null", MigrationPhase.Switch, IsIsolated: true);

    /// <summary>The new takes the place of the old.</summary>
    public static FileKind Switch { get; } = new(4, "_switch", MigrationPhase.Switch, IsIsolated: false);

    /// <summary>What no version uses any more is dropped.</summary>
    public static FileKind Contract { get; } = new(5, "_contract", MigrationPhase.Contract, IsIsolated: false);

    /// <summary>What a rewrite of a table has let go is checked and built again, once nobody is locked out any more.</summary>
    public static FileKind Validate { get; } = new(6, "_validate", MigrationPhase.Contract, IsIsolated: false);

    public static IReadOnlyList<FileKind> All { get; } = [Values, Expand, Backfill, NotNull, Switch, Contract, Validate];
}
