using System.Globalization;

namespace DualDb.Migrations.Model.Writing;

/// <summary>Gives the files of a migration their names and their order.</summary>
internal static class Naming
{
    private static readonly string[] Forms = ["yyyyMMdd'T'HHmmss", "yyyyMMdd'T'HHmm"];

    /// <summary>Names the files: each phase comes a second after the one before it, and all come after what is there.</summary>
    public static IReadOnlyList<ScaffoldedFile> Name(string name, ScaffoldFolder place, DateTimeOffset now, IReadOnlyList<SqlFileSet> sets, IEnumerable<MapModel> maps)
    {
        var kinds = sets.SelectMany(static set => set.Written).GroupBy(static file => file.Kind).OrderBy(static group => group.Key.Order).ToList();
        var time = Begin(place, now);
        var files = new List<ScaffoldedFile>();
        var before = new List<MigrationId>();
        var crossing = maps.Select(static map => (From: map.Source.Database, To: map.Target.Database)).Distinct().Order().Take(1).ToList();
        foreach (var group in kinds)
        {
            var stamp = time.ToString(Forms[0], CultureInfo.InvariantCulture);
            time = time.AddSeconds(1);
            var named = group.Select(file => (File: file, Id: new MigrationId(file.Database, $"{stamp}_{name}{group.Key.Ending}"))).ToList();
            if (named.Count == 2 && named.Exists(static one => one.File.Moves.Count > 0))
            {
                // Keys that lead to a table, or from it, are let go where it was before it takes no more writes there.
                named.Sort(static (left, right) => (left.File.Moves.Count > 0).CompareTo(right.File.Moves.Count > 0));
                named[1].File.Requires.Add(named[0].Id);
            }
            else if (named.Count == 2 && crossing is [var way])
            {
                // A column comes to the copy before it comes to the source, and leaves it after it has left the source.
                var first = group.Key.Phase == MigrationPhase.Contract ? way.From : way.To;
                named.Sort((left, right) => (right.Id.Database == first).CompareTo(left.Id.Database == first));
                named[1].File.Requires.Add(named[0].Id);
            }

            foreach (var (file, id) in named)
            {
                file.Requires.InsertRange(0, before);
                RequireLast(place, file);
                files.Add(new ScaffoldedFile(id, place.PathOf(id), file.Kind.Phase, file.ToString()));
            }

            before = [.. named.Select(static one => one.Id)];
        }

        return files;
    }

    // A file that says what it requires is taken at its word: it says what its database has last as well.
    private static void RequireLast(ScaffoldFolder place, SqlFile file)
    {
        var own = place.Ids.Where(id => id.Database == file.Database).ToList();
        if (file.Requires.Count > 0 && own.Count > 0 && file.Requires.TrueForAll(id => id.Database != file.Database))
        {
            file.Requires.Insert(0, own.Max());
        }
    }

    private static DateTime Begin(ScaffoldFolder place, DateTimeOffset now)
    {
        var time = new DateTime(now.UtcTicks - (now.UtcTicks % TimeSpan.TicksPerSecond), DateTimeKind.Utc);
        var last = place.Ids.Select(static id => DateTime.TryParseExact(id.Name.Split('_')[0], Forms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var dated) ? dated : default)
            .DefaultIfEmpty().Max();
        return last >= time ? last.AddSeconds(1) : time;
    }
}
