#if NEON
namespace DualDb.Shapes.Neon;
#else
namespace DualDb.Shapes.Supabase;
#endif

/// <summary>A key of text, with everything that text can hold.</summary>
[Stored(Set = Names.Prefix + "TextKeys")]
public sealed partial record TextKey([Key] string Code, int Amount);

/// <summary>A key with a declared length.</summary>
[Stored(Set = Names.Prefix + "VarcharKeys")]
public sealed partial record VarcharKey([Key, Column(Type = "varchar(40)")] string Code, int Amount);

/// <summary>A key that is an enum, stored as its number.</summary>
[Stored(Set = Names.Prefix + "EnumKeys")]
public sealed partial record EnumKey([Key] Weekday Day, string Name);

public enum Weekday
{
    None = -1,
    Monday = 1,
    Sunday = 7,
}

[Stored(Set = Names.Prefix + "DateKeys")]
public sealed partial record DateKey([Key] DateOnly Day, decimal Rate);

[Stored(Set = Names.Prefix + "InstantKeys")]
public sealed partial record InstantKey([Key] DateTimeOffset At, double Value);

[Stored(Set = Names.Prefix + "DecimalKeys")]
public sealed partial record DecimalKey([Key, Column(Type = "numeric(12,2)")] decimal Price, string Name);

public sealed class TextKeyShape : Shape<TextKey, string, Transaction>
{
    public override Type RepositoryType => typeof(ITextKeyRepository);

    // The first is empty; the others are hostile and end in their number.
    public override TextKey Make(int number) => new(number == 0 ? "" : Samples.DistinctText(number), number);

    public override TextKey Change(TextKey row, int number) => row with { Amount = number };

    public override string KeyOf(TextKey row) => row.Code;
}

public sealed class VarcharKeyShape : Shape<VarcharKey, string, Transaction>
{
    public override Type RepositoryType => typeof(IVarcharKeyRepository);

    public override VarcharKey Make(int number) => new(Samples.Id(number).ToString("D"), number);

    public override VarcharKey Change(VarcharKey row, int number) => row with { Amount = number };

    public override string KeyOf(VarcharKey row) => row.Code;
}

public sealed class EnumKeyShape : Shape<EnumKey, Weekday, Transaction>
{
    public override Type RepositoryType => typeof(IEnumKeyRepository);

    // Numbers without a name are values of the enum all the same.
    public override EnumKey Make(int number) => new((Weekday)(number - 1), Samples.Text(number));

    public override EnumKey Change(EnumKey row, int number) => row with { Name = Samples.Text(number) };

    public override Weekday KeyOf(EnumKey row) => row.Day;
}

public sealed class DateKeyShape : Shape<DateKey, DateOnly, Transaction>
{
    public override Type RepositoryType => typeof(IDateKeyRepository);

    public override DateKey Make(int number) => new(number == 0 ? DateOnly.MinValue : DateOnly.MaxValue.AddDays(1 - number), Samples.Decimal(number));

    public override DateKey Change(DateKey row, int number) => row with { Rate = Samples.Decimal(number) };

    public override DateOnly KeyOf(DateKey row) => row.Day;
}

public sealed class InstantKeyShape : Shape<InstantKey, DateTimeOffset, Transaction>
{
    public override Type RepositoryType => typeof(IInstantKeyRepository);

    public override InstantKey Make(int number)
        => new(new DateTimeOffset(2024, 10, 27, 2, 30, 0, TimeSpan.FromHours(number % 5)).AddMicroseconds(number).AddDays(number), Samples.Double(number));

    public override InstantKey Change(InstantKey row, int number) => row with { Value = Samples.Double(number) };

    public override DateTimeOffset KeyOf(InstantKey row) => row.At.ToUniversalTime();
}

public sealed class DecimalKeyShape : Shape<DecimalKey, decimal, Transaction>
{
    public override Type RepositoryType => typeof(IDecimalKeyRepository);

    public override DecimalKey Make(int number) => new(9_999_999_999.99m - number, Samples.Text(number));

    public override DecimalKey Change(DecimalKey row, int number) => row with { Name = Samples.Text(number) };

    public override decimal KeyOf(DecimalKey row) => row.Price;
}
