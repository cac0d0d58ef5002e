namespace DualDb.IntegrationTests.Querying;

/// <summary>Conditions at random.</summary>
internal sealed class RandomFilters
{
    private readonly Random _random;
    private readonly SpecimenRows _values;
    private readonly Func<SpecimenColumns, Filter<Specimen>>[] _leaves;

    public RandomFilters(Random random)
    {
        _random = random;
        _values = new SpecimenRows(random);
        _leaves =
        [
            o => Compared(o.Name, SpecimenRows.Texts), o => ComparedOrNull(o.Note, SpecimenRows.Texts), o => Compared(o.Count, SpecimenRows.Integers),
            o => NullableCompared(o.Rank, SpecimenRows.Integers), o => Compared(o.Price, SpecimenRows.Decimals), o => NullableCompared(o.Discount, SpecimenRows.Decimals),
            o => Compared(o.Weight, SpecimenRows.Doubles), o => NullableCompared(o.Height, SpecimenRows.Doubles), o => Compared(o.Ratio, SpecimenRows.Floats),
            o => Compared(o.IsActive, [true, false]), o => NullableCompared(o.IsChecked, [true, false]), o => Compared(o.Code, SpecimenRows.Codes),
            o => Compared(o.SeenAt, SpecimenRows.Moments), o => NullableCompared(o.SoldAt, SpecimenRows.Moments), o => NullableCompared(o.Born, SpecimenRows.Days),
            o => NullableCompared(o.Opens, SpecimenRows.Times), o => NullableCompared(o.Lasts, SpecimenRows.Spans), o => Compared(o.Weekday, Enum.GetValues<DayOfWeek>()),
            o => _random.Next(2) == 0 ? o.Named == _values.PerhapsValue(Enum.GetValues<DayOfWeek>()) : o.Named.In(_values.Many(Enum.GetValues<DayOfWeek>())),
            o => ComparedOrNull(o.Bytes, SpecimenRows.ByteRows),
            o => Patterned(o.Name.AsNullable()), o => Patterned(o.Note), o => o.Name.ILike(_values.One(AsciiPatterns)) & o.Name.In(AsciiTexts),
            o => o.Tags.Has(_values.One(SpecimenRows.Texts)), o => o.Tags.HasAll([.. _values.Many(SpecimenRows.Texts)]), o => o.Tags.Overlaps([.. _values.Many(SpecimenRows.Texts)]),
            o => o.Marks.Has(_values.PerhapsValue(SpecimenRows.Integers)), o => o.Marks.Overlaps([.. _values.Many(SpecimenRows.Integers).Select(static mark => (int?)mark), null]),
            o => o.Tags == [.. _values.Many(SpecimenRows.Texts)], o => o.Marks.IsNull(),
            o => o.Details.Contains(_values.One(SpecimenRows.Documents)), o => o.Details.HasPath(Path()), o => ComparedOrNull(o.Details.Text(Path()), ["1", "1.0", "1.00", "100", "x", "{}", "[]", "true", "a"]),
            o => NullableCompared(o.Details.Number(Path()), SpecimenRows.Decimals), o => o.Details.Boolean(Path()) == true, o => o.Details.IsNull(),
            o => o.SeenAt.Year() == _values.One([2024, 1999, 2000, 1815, 1]), o => o.SoldAt.Month() >= _random.Next(13), o => o.Born.Day() < _random.Next(32), o => o.SeenAt.Hour() == _random.Next(24),
            o => o.Opens.Minute() == 59, o => o.SoldAt.Second() == 59, o => o.SeenAt.DayOfWeek() == (DayOfWeek)_random.Next(7), o => o.SeenAt.Date() <= _values.One(SpecimenRows.Days),
            o => o.Name.Length() == _random.Next(4), o => o.Note == o.Name.AsNullable(), o => o.Count.AsNullable() < o.Rank, o => o.Weight >= o.Weight, o => o.Discount != o.Price.AsNullable(),
            o => o.IsChecked.IsTrue(), o => o.IsActive.IsFalse(),
        ];
    }

    private static readonly string[] AsciiTexts = ["", "a", "A", "b", "ab", "aB", "a%b", "a_b", "a\\b", "Zz", "100%"];
    private static readonly string[] AsciiPatterns = ["A%", "%B", "_", "a\\_B", "%", "", "zZ", "A\\\\B"];

    public Filter<Specimen> Next(int depth)
    {
        if (depth == 0 || _random.Next(4) == 0)
        {
            return SpecimenColumns.Where(_values.One(_leaves));
        }

        return _random.Next(5) switch
        {
            0 => !Next(depth - 1),
            1 or 2 => Next(depth - 1) && Next(depth - 1),
            _ => Next(depth - 1) || Next(depth - 1),
        };
    }

    private Filter<Specimen> Compared<T>(Column<Specimen, T> column, IReadOnlyList<T> values) => _random.Next(9) switch
    {
        0 => column == _values.One(values),
        1 => column != _values.One(values),
        2 => column < _values.One(values),
        3 => column <= _values.One(values),
        4 => column > _values.One(values),
        5 => column >= _values.One(values),
        6 => column.In(_values.Many(values)),
        7 => column.NotIn(_values.Many(values)),
        _ => column.Between(_values.One(values), _values.One(values)),
    };

    private Filter<Specimen> ComparedOrNull<T>(Column<Specimen, T?> column, IReadOnlyList<T> values)
        where T : class
        => _random.Next(6) switch
        {
            0 => column == _values.Perhaps(values),
            1 => column != _values.Perhaps(values),
            2 => column.In(_values.Perhaps(values), _values.Perhaps(values)),
            3 => column.NotIn(_values.Perhaps(values), _values.Perhaps(values)),
            _ => Compared(column, values),
        };

    private Filter<Specimen> NullableCompared<T>(Column<Specimen, T?> column, IReadOnlyList<T> values)
        where T : struct
        => _random.Next(8) switch
        {
            0 => column == _values.PerhapsValue(values),
            1 => column != _values.PerhapsValue(values),
            2 => column < _values.PerhapsValue(values),
            3 => column >= _values.PerhapsValue(values),
            4 => column.In(_values.PerhapsValue(values), _values.PerhapsValue(values)),
            5 => column.NotIn(_values.PerhapsValue(values), _values.PerhapsValue(values)),
            6 => column.In(_values.Many(values)),
            _ => column.Between(_values.PerhapsValue(values), _values.PerhapsValue(values)),
        };

    private Filter<Specimen> Patterned(Column<Specimen, string?> column) => _random.Next(4) switch
    {
        0 => column.StartsWith(_values.One(SpecimenRows.Texts)),
        1 => column.EndsWith(_values.One(SpecimenRows.Texts)),
        2 => column.Contains(_values.One(SpecimenRows.Texts)),
        _ => column.Like(_values.One(["%", "_", "a%", "%b", "a\\%b", "_%_", "%a%b%", "", "😀", "_😀", "a\\\\b"])),
    };

    private string[] Path() => _values.One<string[]>([["a"], ["a", "b"], ["a", "b", "1", "c"], ["0"], ["-1"], ["1", "0"], ["aa"], ["ä"], ["b"], []]);
}
