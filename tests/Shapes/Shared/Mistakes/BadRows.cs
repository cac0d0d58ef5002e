using System.Collections.Immutable;
using System.Text.Json;

#if NEON
namespace DualDb.Shapes.Neon;
#else
namespace DualDb.Shapes.Supabase;
#endif

/// <summary>Rows with a value that their column cannot hold.</summary>
public static class BadRows
{
    public static IReadOnlyList<IMistake> All { get; } = [.. Texts(), .. Times(), .. Numbers(), .. Enums(), .. Lists(), .. Documents(), .. Others()];

    private static IEnumerable<IMistake> Texts()
    {
        var shape = new TextsShape();
        yield return Of("null text", "text", shape, static row => row with { Text = null! });
        yield return Of("U+0000 in text", "text", shape, static row => row with { Text = "a\0b" });
        yield return Of("U+0000 in nullable text", "maybe", shape, static row => row with { Maybe = "\0" });
        yield return Of("lone surrogate in text", "text", shape, static row => row with { Text = "a\ud83d" });
        yield return Of("surrogates the wrong way round", "text", shape, static row => row with { Text = "\udc18\ud83d" });
        yield return Of("U+0000 as a character", "letter", shape, static row => row with { Letter = '\0' });
        yield return Of("lone surrogate as a character", "maybe_letter", shape, static row => row with { MaybeLetter = '\ud83d' });
        yield return Of("text beyond varchar(12)", "short", shape, static row => row with { Short = "1234567890123" });
        yield return Of("emoji beyond varchar(12)", "short", shape, static row => row with { Short = "🐘🐘🐘🐘🐘🐘🐘🐘🐘🐘🐘🐘🐘" });
        yield return Of("text beyond char(3)", "fixed", shape, static row => row with { Fixed = "EURO" });
        yield return Of("U+0000 in citext", "ignores_case", shape, static row => row with { IgnoresCase = "a\0" });
    }

    private static IEnumerable<IMistake> Times()
    {
        var shape = new MomentsShape();
        var now = new DateTime(2024, 2, 29, 12, 0, 0, DateTimeKind.Unspecified);
        yield return Of("time of unspecified kind", "utc", shape, row => row with { Utc = now });
        yield return Of("local time", "utc", shape, row => row with { Utc = DateTime.SpecifyKind(now, DateTimeKind.Local) });
        yield return Of("nullable time of unspecified kind", "maybe_utc", shape, row => row with { MaybeUtc = now });
        yield return Of("UTC time in timestamp", "local", shape, row => row with { Local = DateTime.SpecifyKind(now, DateTimeKind.Utc) });
        yield return Of("local time in timestamp", "maybe_local", shape, row => row with { MaybeLocal = DateTime.SpecifyKind(now, DateTimeKind.Local) });
    }

    private static IEnumerable<IMistake> Numbers()
    {
        var shape = new DeclaredNumbersShape();
        yield return Of("beyond smallint", "narrow", shape, static row => row with { Narrow = short.MaxValue + 1 });
        yield return Of("below smallint", "narrow", shape, static row => row with { Narrow = short.MinValue - 1 });
        yield return Of("beyond integer", "narrow_long", shape, static row => row with { NarrowLong = int.MaxValue + 1L });
        yield return Of("beyond numeric(12,2)", "money", shape, static row => row with { Money = 10_000_000_000m });
        yield return Of("rounded beyond numeric(12,2)", "money", shape, static row => row with { Money = 9_999_999_999.995m });
        yield return Of("below numeric(12,2)", "money", shape, static row => row with { Money = decimal.MinValue });
        yield return Of("beyond numeric(5)", "whole", shape, static row => row with { Whole = 100_000m });
        yield return Of("beyond real", "tight", shape, static row => row with { Tight = double.MaxValue });
    }

    private static IEnumerable<IMistake> Enums()
    {
        var shape = new EnumsShape();
        yield return Of("nameless enum as text", "text", shape, static row => row with { Text = (Weekday)99 });
        yield return Of("nameless nullable enum as text", "maybe_text", shape, static row => row with { MaybeText = (Weekday)99 });
        yield return Of("nameless flags as text", "rights_text", shape, static row => row with { RightsText = (Rights)5 });
        yield return Of("enum beyond smallint", "narrow", shape, static row => row with { Narrow = (Weekday)40_000 });
        yield return Of("nameless PostgreSQL enum", "mood", new CustomTypesShape(), static row => row with { Mood = (Mood)77 });
    }

    private static IEnumerable<IMistake> Lists()
    {
        var arrays = new ArraysShape();
        yield return Of("null array", "ints", arrays, static row => With(row, row => row.Ints = null!));
        yield return Of("null in an array", "texts", arrays, static row => With(row, row => row.Texts = ["a", null!]));
        yield return Of("U+0000 in an array", "texts", arrays, static row => With(row, row => row.Texts = ["a", "\0"]));
        yield return Of("time of unspecified kind in an array", "utcs", arrays, static row => With(row, row => row.Utcs = [default]));
        yield return Of("null bytes in an array", "blobs", arrays, static row => With(row, row => row.Blobs = [null!]));
        yield return Of("nameless enum in an array", "stages", arrays, static row => With(row, row => row.Stages = [(Stage)99]));

        var collections = new CollectionsShape();
        yield return Of("null list", "texts", collections, static row => With(row, row => row.Texts = null!));
        yield return Of("null read-only list", "decimals", collections, static row => With(row, row => row.Decimals = null!));
        yield return Of("array that was never made", "guids", collections, static row => With(row, row => row.Guids = default(ImmutableArray<Guid>)));
        yield return Of("lone surrogate in a nullable list", "maybe_texts", collections, static row => With(row, row => row.MaybeTexts = ["\udc00"]));
    }

    private static IEnumerable<IMistake> Documents()
    {
        var shape = new DocumentsShape();
        yield return Of("null document", "document", shape, static row => With(row, row => row.Document = null!));
        yield return Of("null object", "home", shape, static row => With(row, row => row.Home = null!));
        yield return Of("undefined element", "element", shape, static row => With(row, row => row.Element = default(JsonElement)));
        yield return Of("null JSON text", "text", shape, static row => With(row, row => row.Text = null!));
        yield return Of("JSON text with U+0000", "text", shape, static row => With(row, row => row.Text = "\"\0\""));
    }

    private static IEnumerable<IMistake> Others()
    {
        var shape = new OthersShape();
        yield return Of("null bytes", "bytes", shape, static row => row with { Bytes = null! });
        yield return Of("null address", "address", shape, static row => row with { Address = null! });
        yield return Of("null key", "name", new KeyOnlyShape(), static _ => new KeyOnly(null!));
        yield return Of("U+0000 in a key", "right", new PairKeyShape(), static row => row with { Right = "\0" });
        yield return Of("U+0000 behind a quoted name", "with \"quotes\"", new QuotedNamesShape(), static row => row with { Quotes = "\0" });
        yield return Of("U+0000 in a nested entity", "name", new NestedRecordShape(), static row => row with { Name = "\0" });
    }

    private static Mistake<TEntity, TKey, Transaction> Of<TEntity, TKey>(
        string name, string column, Shape<TEntity, TKey, Transaction> shape, Func<TEntity, TEntity> spoil)
        where TEntity : class
        where TKey : notnull
        => new(name, column, shape, spoil);

    private static T With<T>(T row, Action<T> change)
    {
        change(row);
        return row;
    }
}
