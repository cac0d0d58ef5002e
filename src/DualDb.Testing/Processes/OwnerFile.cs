using System.Globalization;

namespace DualDb.Testing.Processes;

/// <summary>
/// The file in a run's folder that its owner keeps locked. A lock, unlike a process id, ends with its process, cannot be
/// inherited by a later process with the same number, and is seen across process namespaces (two containers that share
/// a temporary folder do not see each other's processes).
/// </summary>
internal static class OwnerFile
{
    private const string Name = "owner";

    public static FileStream Create(string folder)
    {
        // Locked under another name first: between creation and lock nobody may take the file for an orphan's.
        var unlocked = Path.Combine(folder, Name + ".new");
        var file = new FileStream(unlocked, FileMode.CreateNew, FileAccess.Write, FileShare.None);
        try
        {
            file.Write(System.Text.Encoding.ASCII.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture) + "\n"));
            file.Flush();
            File.Move(unlocked, Path.Combine(folder, Name));
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Whether the folder's owner is known to be dead. False where there is no telling.</summary>
    public static bool IsOrphan(string folder)
    {
        try
        {
            using var file = new FileStream(Path.Combine(folder, Name), FileMode.Open, FileAccess.Read, FileShare.None);
            return true;
        }
        catch (FileNotFoundException)
        {
            // Killed between creating the folder and its owner file; a start takes milliseconds, so an hour is beyond doubt.
            return DateTime.UtcNow - Directory.GetLastWriteTimeUtc(folder) > TimeSpan.FromHours(1);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
