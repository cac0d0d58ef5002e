using DualDb.AspNetCore.Dashboard.Language;

namespace DualDb.AspNetCore.Dashboard.Sections.Conflicts;

internal static class ConflictTexts
{
    public static readonly Text Title = new("Conflicts", "ข้อขัดแย้ง");
    public static readonly Text Patterns = new("Open, by what differs", "ที่ค้าง ตามส่วนที่ต่างกัน");
    public static readonly Text NoPatterns = new("No conflict waits for a decision.", "ไม่มีข้อขัดแย้งที่รอการตัดสิน");
    public static readonly Text Pattern = new("What differs", "ส่วนที่ต่างกัน");
    public static readonly Text Count = new("Count", "จำนวน");
    public static readonly Text Oldest = new("Oldest", "เก่าที่สุด");
    public static readonly Text List = new("Conflicts one by one", "ข้อขัดแย้งทีละรายการ");
    public static readonly Text NoList = new("No conflict matches the filter.", "ไม่มีข้อขัดแย้งที่ตรงกับตัวกรอง");
    public static readonly Text Number = new("Conflict", "ข้อขัดแย้งที่");
    public static readonly Text Policy = new("Policy", "นโยบาย");
    public static readonly Text Winner = new("Decision", "การตัดสิน");
    public static readonly Text By = new("Decided by", "ตัดสินโดย");
    public static readonly Text Decided = new("Also decided ones", "รวมที่ตัดสินแล้ว");
    public static readonly Text One = new("Both images", "ภาพทั้งสองด้าน");
    public static readonly Text None = new("This conflict is no longer kept, or its map is not in this application.", "ไม่ได้เก็บข้อขัดแย้งนี้แล้ว หรือแมปไม่อยู่ในแอปพลิเคชันนี้");
    public static readonly Text Before = new("Target before", "ปลายทางก่อนหน้า");
    public static readonly Text After = new("Target after", "ปลายทางหลังเขียน");
    public static readonly Text Result = new("Result", "ผลลัพธ์");
    public static readonly Text Take = new("Take from the target", "ใช้จากปลายทาง");
    public static readonly Text DeletedInSource = new("The source has deleted the row.", "ต้นทางลบแถวนี้แล้ว");
    public static readonly Text DeletedInTarget = new("The target has deleted the row.", "ปลายทางลบแถวนี้แล้ว");
    public static readonly Text TakeSource = new("Take the source's row", "ใช้แถวของต้นทาง");
    public static readonly Text TakeTarget = new("Take the target's row", "ใช้แถวของปลายทาง");
    public static readonly Text Merge = new("Merge by column", "รวมตามคอลัมน์");
    public static readonly Text AllSource = new("Take the source's for all", "ใช้ของต้นทางทั้งหมด");
    public static readonly Text AllTarget = new("Take the target's for all", "ใช้ของปลายทางทั้งหมด");
    public static readonly Text AllMerge = new("Merge all by column", "รวมทั้งหมดตามคอลัมน์");
    public static readonly Text Done = new("The conflict {0} is decided, and both sides get what was chosen.", "ตัดสินข้อขัดแย้ง {0} แล้ว ทั้งสองด้านจะได้รับสิ่งที่เลือก");

    public static readonly Text Open = new("open", "ค้างอยู่");
    public static readonly Text SourceWon = new("source", "ต้นทาง");
    public static readonly Text TargetWon = new("target", "ปลายทาง");
    public static readonly Text Merged = new("merged", "รวมแล้ว");
}
