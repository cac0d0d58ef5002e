using System.Collections.Immutable;
using System.Net;

#if NEON
namespace DualDb.Shapes.Neon;
#else
namespace DualDb.Shapes.Supabase;
#endif

/// <summary>Arrays of the scalars.</summary>
[Stored(Set = Names.Prefix + "Arrays")]
public sealed partial class Arrays
{
    [Key] public required int Id { get; set; }

    public bool[] Bools { get; set; } = [];

    public short[] Shorts { get; set; } = [];

    public int[] Ints { get; set; } = [];

    public long[] Longs { get; set; } = [];

    public float[] Floats { get; set; } = [];

    public double[] Doubles { get; set; } = [];

    public decimal[] Decimals { get; set; } = [];

    public string[] Texts { get; set; } = [];

    public Guid[] Guids { get; set; } = [];

    public DateTime[] Utcs { get; set; } = [];

    public DateTimeOffset[] Instants { get; set; } = [];

    public DateOnly[] Dates { get; set; } = [];

    public TimeOnly[] Times { get; set; } = [];

    public TimeSpan[] Spans { get; set; } = [];

    public IPAddress[] Addresses { get; set; } = [];

    public byte[][] Blobs { get; set; } = [];

    public Weekday[] Days { get; set; } = [];

    public Stage[] Stages { get; set; } = [];
}

/// <summary>Arrays that may be missing, whose elements may be missing, and the other collections.</summary>
[Stored(Set = Names.Prefix + "Collections")]
public sealed partial class Collections
{
    [Key] public required int Id { get; set; }

    public int[]? MaybeInts { get; set; }

    public int?[] IntsOrNull { get; set; } = [];

    public string?[]? TextsOrNull { get; set; }

    public Guid?[]? GuidsOrNull { get; set; }

    public List<string> Texts { get; set; } = [];

    public List<int>? MaybeList { get; set; }

    public IReadOnlyList<decimal> Decimals { get; set; } = [];

    public IReadOnlyList<string?>? MaybeTexts { get; set; }

    public ImmutableArray<Guid> Guids { get; set; } = [];

    public ImmutableArray<int>? MaybeImmutable { get; set; }

    public List<Weekday?> Days { get; set; } = [];

    public List<Stage>? Stages { get; set; }
}

public sealed class ArraysShape : Shape<Arrays, int, Transaction>
{
    private static readonly Weekday[] Weekdays = [Weekday.Monday, Weekday.Sunday, Weekday.None];

    public override Type RepositoryType => typeof(IArraysRepository);

    public override Arrays Make(int number) => Make(number + 1, number);

    public override Arrays Change(Arrays row, int number) => Make(row.Id, number);

    public override int KeyOf(Arrays row) => row.Id;

    private static Arrays Make(int id, int number) => new()
    {
        Id = id,
        Bools = Samples.Array(number, Samples.Flag),
        Shorts = Samples.Array(number + 1, Samples.Integer<short>),
        Ints = Samples.Array(number + 2, Samples.Integer<int>),
        Longs = Samples.Array(number + 3, Samples.Integer<long>),
        Floats = Samples.Array(number, Samples.Float),
        Doubles = Samples.Array(number + 1, Samples.Double),
        Decimals = Samples.Array(number + 2, Samples.Decimal),
        Texts = Samples.Array(number + 3, Samples.Text),
        Guids = Samples.Array(number, Samples.Id),
        Utcs = Samples.Array(number + 1, Samples.Utc),
        Instants = Samples.Array(number + 2, Samples.Instant),
        Dates = Samples.Array(number + 3, Samples.Date),
        Times = Samples.Array(number, Samples.Time),
        Spans = Samples.Array(number + 1, Samples.Span),
        Addresses = Samples.Array(number + 2, Samples.Address),
        Blobs = Samples.Array(number + 3, Samples.Bytes),
        Days = Samples.Array(number, static value => Weekdays[value % 3]),
        Stages = Samples.Array(number + 1, static value => value % 2 == 0 ? Stage.InReview : Stage.Published),
    };
}

public sealed class CollectionsShape : Shape<Collections, int, Transaction>
{
    public override Type RepositoryType => typeof(ICollectionsRepository);

    public override Collections Make(int number) => Make(number + 1, number);

    public override Collections Change(Collections row, int number) => Make(row.Id, number);

    public override int KeyOf(Collections row) => row.Id;

    private static Collections Make(int id, int number) => new()
    {
        Id = id,
        MaybeInts = Samples.OrNothing(number, Samples.Array(number, Samples.Integer<int>)),
        IntsOrNull = Samples.Array(number + 1, static value => Samples.OrNull(value, value)),
        TextsOrNull = Samples.OrNothing(number + 1, Samples.Array(number + 2, static value => Samples.OrNothing(value, Samples.Text(value)))),
        GuidsOrNull = Samples.OrNothing(number + 2, Samples.Array(number + 3, static value => Samples.OrNull(value, Samples.Id(value)))),
        Texts = [.. Samples.Array(number, Samples.Text)],
        MaybeList = Samples.OrNothing<List<int>>(number, [.. Samples.Array(number + 1, Samples.Integer<int>)]),
        Decimals = Samples.Array(number + 2, Samples.Decimal),
        MaybeTexts = Samples.OrNothing(number + 1, Samples.Array(number + 3, static value => Samples.OrNothing(value, Samples.Text(value)))),
        Guids = [.. Samples.Array(number, Samples.Id)],
        MaybeImmutable = Samples.OrNull<ImmutableArray<int>>(number + 2, [.. Samples.Array(number + 1, Samples.Integer<int>)]),
        Days = [.. Samples.Array(number + 2, static value => Samples.OrNull(value, Weekday.Sunday))],
        Stages = Samples.OrNothing<List<Stage>>(number, [.. Samples.Array(number + 3, static _ => Stage.InReview)]),
    };
}
